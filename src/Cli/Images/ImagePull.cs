using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Images;

/// <summary>Pulls an image and shows its progress.</summary>
internal sealed class ImagePull(CliSession session, TextWriter output)
{
    public async Task RunAsync(string image, string? platform, bool isQuiet, CancellationToken cancellationToken)
    {
        (string repository, string tag) = Parts(image);
        var progress = new ProgressPrinter(isQuiet ? TextWriter.Null : output, session.Streams.OutputIsTerminal);
        await progress.PrintAsync(session.Client.Images.PullAsync(repository, tag, platform, null, cancellationToken), cancellationToken);
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
