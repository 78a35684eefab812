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
        new Verb("volume cp", "Copy files/folders between a volume and the local filesystem", VolumeCopyCommand.Create),
        new Verb("volume clone", "Create a volume with what another holds", VolumeCloneCommand.Create),
        new Verb("volume export", "Export a volume's content as a tar archive", VolumeExportCommand.Create),
        new Verb("volume import", "Fill a volume from a tar archive", VolumeImportCommand.Create),
        new Verb("volume du", "Show how much disk space volumes take", VolumeUsageCommand.Create),
        new Verb("volume prune", "Remove unused local volumes", VolumePruneCommand.Create),
    ];
}
