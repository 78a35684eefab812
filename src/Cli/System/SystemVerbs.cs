using Argosy.Cli.CommandLine;
using Argosy.Cli.Inspection;

namespace Argosy.Cli.System;

/// <summary>The commands about the engine itself.</summary>
internal static class SystemVerbs
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new Verb("version", "Show the version information", VersionCommand.Create),
        new Verb("--version", "Print version information and quit", VersionCommand.CreateShort) { IsHidden = true },
        new Verb("info", "Display system-wide information", InfoCommand.Create) { Aliases = ["system info"] },
        new Verb("events", "Get real time events from the server", EventsCommand.Create) { Aliases = ["system events"] },
        new Verb("inspect", "Return low-level information on Docker objects", InspectCommand.Create),
        new Verb("system df", "Show disk usage", DiskUsageCommand.Create),
        new Verb("system fsck", "Verify the content of all images and layers on disk", StoreCheckCommand.Create),
        new Verb("system prune", "Remove unused data", SystemPruneCommand.Create),
        new Verb("completion", "Generate the completion script for a shell", CompletionCommand.Create),
    ];
}
