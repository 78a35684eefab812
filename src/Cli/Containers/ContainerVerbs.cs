using Argosy.Cli.CommandLine;
using Argosy.Cli.Inspection;

namespace Argosy.Cli.Containers;

/// <summary>The commands about containers.</summary>
internal static class ContainerVerbs
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        Verb("run", "Create and run a new container from an image", RunCommand.Create),
        Verb("create", "Create a new container", CreateCommand.Create),
        Verb("start", "Start one or more stopped containers", StartCommand.Create),
        Verb("exec", "Execute a command in a running container", ExecCommand.Create),
        Verb("logs", "Fetch the logs of a container", LogsCommand.Create),
        Verb("stop", "Stop one or more running containers", StopCommand.Create),
        Verb("restart", "Restart one or more containers", RestartCommand.Create),
        Verb("kill", "Kill one or more running containers", KillCommand.Create),
        Verb("pause", "Pause all processes within one or more containers", PauseCommand.CreatePause),
        Verb("unpause", "Unpause all processes within one or more containers", PauseCommand.CreateUnpause),
        Verb("wait", "Block until one or more containers stop, then print their exit codes", WaitCommand.Create),
        Verb("attach", "Attach local standard input, output, and error streams to a running container", AttachCommand.Create),
        Verb("top", "Display the running processes of a container", TopCommand.Create),
        Verb("stats", "Display a live stream of container(s) resource usage statistics", StatsCommand.Create),
        Verb("port", "List port mappings or a specific mapping for the container", PortCommand.Create),
        Verb("rename", "Rename a container", RenameCommand.Create),
        Verb("update", "Update configuration of one or more containers", UpdateCommand.Create),
        Verb("diff", "Inspect changes to files or directories on a container's filesystem", DiffCommand.Create),
        Verb("cp", "Copy files/folders between a container and the local filesystem", CopyCommand.Create),
        Verb("export", "Export a container's filesystem as a tar archive", ExportCommand.Create),
        Verb("commit", "Create a new image from a container's changes", CommitCommand.Create),
        new Verb("container inspect", "Display detailed information on one or more containers", InspectCommand.CreateForContainers),
        new Verb("container prune", "Remove all stopped containers", PruneCommand.Create),
        Verb("rm", "Remove one or more containers", RemoveCommand.Create),
        new Verb("ps", "List containers", ListCommand.Create) { Aliases = ["container ls", "container list", "container ps"] },
    ];

    private static Verb Verb(string name, string summary, Func<Session.CliSession, VerbCommand> create) =>
        new(name, summary, create) { Aliases = name == "rm" ? ["container rm", "container remove"] : ["container " + name] };
}
