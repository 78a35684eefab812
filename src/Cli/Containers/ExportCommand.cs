using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy export</c>.</summary>
internal static class ExportCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> output = Flag.Text("--output", "Write to a file, instead of STDOUT", "-o");
        return new VerbCommand("[OPTIONS] CONTAINER", "Export a container's filesystem as a tar archive")
        {
            output,
        }.With(1, 1, "argosy export -o web.tar web").Runs((line, cancellationToken) => BinaryOutput.SaveAsync(
            session, line.Get(output), () => session.Client.Containers.ExportAsync(line.Arguments[0], cancellationToken), cancellationToken));
    }
}
