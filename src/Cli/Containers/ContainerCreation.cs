using System.Net;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Containers.Options;
using Argosy.Cli.Images;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary>Creates a container for <c>run</c> and <c>create</c>, pulling the image when it is missing or when asked to.</summary>
internal sealed class ContainerCreation(CliSession session, ContainerFlags flags)
{
    public async Task<string> CreateAsync(Invocation line, ContainerCreateRequest request, CancellationToken cancellationToken)
    {
        string? cidFile = line.Get(flags.CidFile);
        if (cidFile is { Length: > 0 } && File.Exists(cidFile))
            throw new CliException($"container ID file found, make sure the other container isn't running or delete {cidFile}", UsageException.WrongOption);
        ContainerCreateResponse created = await CreateOrPullAsync(line, request, cancellationToken);
        foreach (string warning in created.Warnings ?? [])
            await session.Error.WriteLineAsync("WARNING: " + warning);
        if (cidFile is { Length: > 0 })
            Write(cidFile, created.Id);
        return created.Id;
    }

    private async Task<ContainerCreateResponse> CreateOrPullAsync(Invocation line, ContainerCreateRequest request, CancellationToken cancellationToken)
    {
        string policy = line.Get(flags.Pull) ?? "missing";
        if (policy == "always")
            await PullAsync(line, request.Image, cancellationToken);
        try
        {
            return await SendAsync(line, request, cancellationToken);
        }
        catch (ApiException missing) when (policy == "missing" && IsMissingImage(missing))
        {
            await session.Error.WriteLineAsync($"Unable to find image '{ImageNames.Familiar(request.Image)}' locally");
            await PullAsync(line, request.Image, cancellationToken);
            return await SendAsync(line, request, cancellationToken);
        }
    }

    private Task<ContainerCreateResponse> SendAsync(Invocation line, ContainerCreateRequest request, CancellationToken cancellationToken) =>
        session.Client.Containers.CreateAsync(request, line.Get(flags.Name), line.Get(flags.Platform), cancellationToken);

    private Task PullAsync(Invocation line, string image, CancellationToken cancellationToken) =>
        new ImagePull(session, session.Error).RunAsync(image, line.Get(flags.Platform), line.Get(flags.Quiet), cancellationToken);

    private static bool IsMissingImage(ApiException failure) =>
        failure.StatusCode == HttpStatusCode.NotFound && failure.Message.Contains("No such image", StringComparison.OrdinalIgnoreCase);

    private static void Write(string path, string id)
    {
        using var file = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write));
        file.Write(id);
    }
}
