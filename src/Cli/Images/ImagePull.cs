using Argosy.Cli.Output;
using Argosy.Cli.Registry;
using Argosy.Cli.Session;

namespace Argosy.Cli.Images;

/// <summary>Pulls an image and shows its progress.</summary>
internal sealed class ImagePull(CliSession session, TextWriter output)
{
    /// <summary>Pulls one image, the tag "latest" when none is named.</summary>
    public Task RunAsync(string image, string? platform, bool isQuiet, CancellationToken cancellationToken)
    {
        (string repository, string tag) = Parts(image);
        return RunAsync(repository, tag, platform, isQuiet, cancellationToken);
    }

    /// <summary>Pulls one tag, or all of them when it is null.</summary>
    public async Task RunAsync(string repository, string? tag, string? platform, bool isQuiet, CancellationToken cancellationToken)
    {
        string? credentials = await CredentialStore.Open(session.Global).HeaderForImageAsync(repository, cancellationToken);
        var progress = new ProgressPrinter(session, isQuiet ? TextWriter.Null : output);
        await progress.PrintAsync(session.Client.Images.PullAsync(repository, tag, platform, credentials, cancellationToken), cancellationToken);
    }

    public static (string Repository, string Tag) Parts(string image)
    {
        int at = image.IndexOf('@', StringComparison.Ordinal);
        if (at > 0)
            return (ImageNames.Split(image[..at]).Repository, image[(at + 1)..]);
        (string repository, string tag) = ImageNames.Split(image);
        return (repository, tag.Length > 0 ? tag : "latest");
    }
}
