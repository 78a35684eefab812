using Argosy.Cli.CommandLine;

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
        Verb("rm", "Remove one or more containers", RemoveCommand.Create),
        new Verb("ps", "List containers", ListCommand.Create) { Aliases = ["container ls", "container list", "container ps"] },
    ];

    private static Verb Verb(string name, string summary, Func<Session.CliSession, VerbCommand> create) =>
        new(name, summary, create) { Aliases = ["container " + name] };
}
