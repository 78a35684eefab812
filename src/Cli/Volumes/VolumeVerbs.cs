using Argosy.Cli.CommandLine;
using Argosy.Cli.Inspection;

namespace Argosy.Cli.Volumes;

/// <summary>The commands about volumes.</summary>
internal static class VolumeVerbs
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new Verb("volume ls", "List volumes", VolumeListCommand.Create) { Aliases = ["volume list"] },
        new Verb("volume create", "Create a volume", VolumeCreateCommand.Create),
        new Verb("volume inspect", "Display detailed information on one or more volumes", InspectCommand.CreateForVolumes),
        new Verb("volume rm", "Remove one or more volumes", VolumeRemoveCommand.Create) { Aliases = ["volume remove"] },
        new Verb("volume prune", "Remove unused local volumes", VolumePruneCommand.Create),
    ];
}
