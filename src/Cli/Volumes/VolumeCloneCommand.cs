using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Cli.Syntax;
using Argosy.Contract.Volumes;

namespace Argosy.Cli.Volumes;

/// <summary><c>argosy volume clone</c>.</summary>
internal static class VolumeCloneCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string[]> labels = Flag.List("--label", "Set metadata for the new volume, beside the source's");
        return new VerbCommand("[OPTIONS] VOLUME NEW_VOLUME", "Create a volume with what another holds (stop its writers first)")
        {
            labels,
        }.With(2, 2, "argosy volume clone data data-before-upgrade").Runs(async (line, cancellationToken) =>
        {
            var request = new VolumeCloneRequest { Name = line.Arguments[1], Labels = KeyValues.ToMap(line.GetAll(labels)) };
            Volume volume = await session.Client.Volumes.CloneAsync(line.Arguments[0], request, cancellationToken);
            await session.Out.WriteLineAsync(volume.Name);
        });
    }
}
