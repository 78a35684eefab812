using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;

namespace Argosy.Cli.Volumes;

/// <summary><c>argosy volume export</c>.</summary>
internal static class VolumeExportCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> output = Flag.Text("--output", "Write to a file, instead of STDOUT", "-o");
        return new VerbCommand("[OPTIONS] VOLUME", "Export a volume's content as a tar archive")
        {
            output,
        }.With(1, 1, "argosy volume export -o data.tar data", "argosy volume export data | zstd > data.tar.zst").Runs((line, cancellationToken) => BinaryOutput.SaveAsync(
            session, line.Get(output), () => session.Client.Volumes.ExportAsync(line.Arguments[0], cancellationToken), cancellationToken));
    }
}
