using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Images;

/// <summary><c>argosy import</c>.</summary>
internal static class ImportCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string[]> change = Flag.List("--change", "Apply Dockerfile instruction to the created image", "-c");
        Option<string?> message = Flag.Text("--message", "Set commit message for imported image", "-m");
        Option<string?> platform = Flag.Text("--platform", "Set platform if server is multi-platform capable");
        return new VerbCommand("[OPTIONS] file|URL|- [REPOSITORY[:TAG]]", "Import the contents from a tarball to create a filesystem image")
        {
            change, message, platform,
        }.With(1, 2, "tar c . | argosy import -c 'CMD [\"sh\"]' - base:1").Runs(async (line, cancellationToken) =>
        {
            string source = line.Arguments[0];
            (string repository, string tag) = line.Arguments.Count == 2 ? ImageNames.Split(line.Arguments[1]) : ("", "");
            bool isAddress = source.StartsWith("http://", StringComparison.Ordinal) || source.StartsWith("https://", StringComparison.Ordinal);
            await using Stream? archive = isAddress ? null : source == "-" ? session.Streams.Input : InputFile.Open(source);
            await new ProgressPrinter(session, session.Out).PrintAsync(
                session.Client.Images.ImportAsync(archive, isAddress ? source : "-", repository, tag, line.Get(message), line.Get(platform), line.GetAll(change), cancellationToken),
                cancellationToken);
        });
    }
}
