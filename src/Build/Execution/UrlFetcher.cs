using System.Security.Cryptography;
using Argosy.Core;

namespace Argosy.Build.Execution;

/// <summary>ADD from HTTP and HTTPS.</summary>
internal static class UrlFetcher
{
    public static bool IsUrl(string source) =>
        source.StartsWith("http://", StringComparison.Ordinal) || source.StartsWith("https://", StringComparison.Ordinal);

    /// <summary>Downloads each; <paramref name="checksum"/> is what the only one must have.</summary>
    /// <exception cref="EngineException">The server has no such file, or it has another digest.</exception>
    public static async Task<IReadOnlyList<FetchedFile>> FetchAsync(HttpClient http, IReadOnlyList<string> urls, string? checksum, ScratchDirectory scratch, CancellationToken cancellationToken)
    {
        if (checksum is not null && urls.Count != 1)
            throw EngineException.Invalid("checksum can't be specified for multiple or local sources");
        var files = new List<FetchedFile>();
        foreach (string url in urls)
        {
            FetchedFile file = await FetchAsync(http, url, scratch.NewFile(), cancellationToken);
            if (checksum is not null && file.Digest != Digest.Parse(checksum))
                throw EngineException.Invalid($"digest mismatch {file.Digest}: {checksum}");
            files.Add(file);
        }
        return files;
    }

    private static async Task<FetchedFile> FetchAsync(HttpClient http, string url, string path, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw EngineException.Invalid($"ADD failed: failed to GET {url} with status {(int)response.StatusCode} {response.ReasonPhrase}");
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            await using (FileStream file = new(path, FileMode.CreateNew, FileAccess.Write))
                await CopyAsync(await response.Content.ReadAsStreamAsync(cancellationToken), file, hash, cancellationToken);
            return new FetchedFile(Path.GetFileName(new Uri(url).LocalPath), path, Digest.FromHash(hash.GetHashAndReset()), response.Content.Headers.LastModified ?? DateTimeOffset.UnixEpoch);
        }
        catch (Exception exception) when (exception is HttpRequestException or UriFormatException)
        {
            throw EngineException.Invalid($"ADD failed: {url}: {exception.Message}");
        }
    }

    private static async Task CopyAsync(Stream from, FileStream to, IncrementalHash hash, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[128 * 1024];
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }
}
