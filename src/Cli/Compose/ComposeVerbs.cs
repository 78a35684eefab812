using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;

namespace Argosy.Cli.Compose;

/// <summary>The commands about stacks: up, down and config by themselves, and the whole group as Docker Compose has it.</summary>
internal static class ComposeVerbs
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new Verb("up", "Build, create and start the services of a compose file", UpCommand.Create) { Aliases = ["compose up"] },
        new Verb("down", "Stop and remove the services' containers and networks", DownCommand.Create) { Aliases = ["compose down"] },
        new Verb("config", "Parse, resolve and print compose files in canonical form", ConfigCommand.Create) { Aliases = ["compose config"] },
        new("compose ps", "List the containers of a project", ListCommands.CreatePs),
        new("compose ls", "List projects", ListCommands.CreateLs),
        new("compose logs", "View output from containers", ComposeLogsCommand.Create),
        new("compose stop", "Stop services", StateCommands.CreateStop),
        new("compose start", "Start services", StateCommands.CreateStart),
        new("compose restart", "Restart services", StateCommands.CreateRestart),
        new("compose exec", "Execute a command in a running container of a service", ComposeExecCommand.Create),
        new("compose build", "Build or rebuild services", ImageCommands.CreateBuild),
        new("compose pull", "Pull service images", ImageCommands.CreatePull),
        new("compose images", "List images used by the created containers", ImageCommands.CreateImages),
        new("compose rm", "Remove stopped service containers", ContainerCommands.CreateRemove),
        new("compose kill", "Force stop service containers", ContainerCommands.CreateKill),
        new("compose top", "Display the running processes of services", ContainerCommands.CreateTop),
        new("compose port", "Print the public port for a port binding", ContainerCommands.CreatePort),
        Refused("run"), Refused("create"), Refused("pause"), Refused("unpause"), Refused("events"), Refused("cp"), Refused("push"),
        Refused("watch"), Refused("attach"), Refused("scale"), Refused("wait"), Refused("stats"), Refused("volumes"),
    ];

    /// <summary>Docker Compose has it; we say that we do not, instead of "unknown command".</summary>
    private static Verb Refused(string name) => new($"compose {name}", "Not supported by Argosy yet", _ => Refusing(name)) { IsHidden = true };

    private static VerbCommand Refusing(string name) => new VerbCommand("", "Not supported by Argosy yet") { IsInterspersed = false }.Runs(
        Task<int> (_, _) => throw new CliException($"argosy compose {name} is not supported yet"));
}
