using Argosy.Build.Execution;
using Argosy.Core;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;

namespace Argosy.Engine.Builds;

/// <summary>Build contexts that the engine fetches itself: repositories, archives, and Dockerfiles without any context.</summary>
public sealed class RemoteContexts(HttpClient http)
{
    /// <summary>Fetches a context.</summary>
    /// <param name="address">A repository's address, or an HTTP address of an archive or a Dockerfile.</param>
    /// <param name="dockerfile">The name that a lone Dockerfile gets.</param>
    /// <param name="directory">A new directory for it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The context's directory, which is in or is <paramref name="directory"/>.</returns>
    public async Task<string> FetchAsync(string address, string dockerfile, string directory, CancellationToken cancellationToken)
    {
        if (GitReference.TryParse(address) is { } repository)
            return await CheckOutAsync(repository, directory, cancellationToken);
        if (!address.StartsWith("http://", StringComparison.Ordinal) && !address.StartsWith("https://", StringComparison.Ordinal))
            throw EngineException.Invalid($"remote {address}: an http, https, git or ssh address is expected");
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(address), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw EngineException.Invalid($"error downloading remote context {address}: failed to GET {address} with status {(int)response.StatusCode} {response.ReasonPhrase}");
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            if (response.Content.Headers.ContentType?.MediaType == "text/plain")
                await WriteDockerfileAsync(body, dockerfile, directory, cancellationToken);
            else
                await ContextDirectory.UnpackAsync(body, directory, cancellationToken);
            return directory;
        }
        catch (Exception exception) when (exception is HttpRequestException or UriFormatException)
        {
            throw EngineException.Invalid($"error downloading remote context {address}: {exception.Message}");
        }
    }

    private static async Task<string> CheckOutAsync(GitReference repository, string directory, CancellationToken cancellationToken)
    {
        await GitFetcher.FetchAsync(repository, directory, keepGitDirectory: false, cancellationToken);
        if (repository.Directory is not { } below)
            return directory;
        using var root = RootDirectory.Open(directory);
        UnixPath path = UnixPath.Of(below.Trim('/'));
        return root.Status(path) is { IsDirectory: true } && root.HostPath(path) is { } found
            ? found
            : throw EngineException.Invalid($"remote {repository.Address}: there is no directory {below} in it");
    }

    private static async Task WriteDockerfileAsync(Stream body, string name, string directory, CancellationToken cancellationToken)
    {
        const int Largest = 4 << 20;
        byte[] text = new byte[Largest + 1];
        int length = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > Largest)
            throw EngineException.Invalid($"the Dockerfile is larger than {Largest} bytes");
        ContextDirectory.Create(directory);
        using var root = RootDirectory.Open(directory);
        root.WriteFile(UnixPath.Of(Path.GetFileName(name)), text.AsSpan(0, length), 0x1a4, (0, 0));
    }
}
