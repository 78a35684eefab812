using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Images;

/// <summary><c>argosy load</c>.</summary>
internal static class LoadCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> input = Flag.Text("--input", "Read from tar archive file, instead of STDIN", "-i");
        Option<string?> platform = Flag.Text("--platform", "Load only the given platform variant. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")");
        Option<bool> quiet = Flag.Bool("--quiet", "Suppress the load output", "-q");
        return new VerbCommand("[OPTIONS]", "Load an image from a tar archive or STDIN")
        {
            input, platform, quiet,
        }.With(0, 0, "argosy load -i web.tar").Runs(async (line, cancellationToken) =>
        {
            if (line.Get(input) is null && session.Streams.InputIsTerminal)
                throw new CliException("requested load from stdin, but stdin is empty; name a file with -i");
            await using Stream archive = line.Get(input) is { } path ? InputFile.Open(path) : session.Streams.Input;
            await new ProgressPrinter(session, session.Out).PrintAsync(
                session.Client.Images.LoadAsync(archive, line.Get(quiet) || !session.Streams.OutputIsTerminal, line.Get(platform), cancellationToken), cancellationToken);
        });
    }
}
