using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Containers;
using Argosy.Cli.Session;
using Argosy.Cli.Streams;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Compose;

/// <summary><c>argosy compose exec</c>: with a terminal unless told otherwise.</summary>
internal static class ComposeExecCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> detach = Flag.Bool("--detach", "Detached mode: run command in the background", "-d");
        Option<bool> noTty = Flag.Bool("--no-tty", "Disable pseudo-TTY allocation", "-T", "--no-TTY");
        Option<bool> privileged = Flag.Bool("--privileged", "Give extended privileges to the process");
        Option<string?> user = Flag.Text("--user", "Run the command as this user", "-u");
        Option<string?> workingDirectory = Flag.Text("--workdir", "Path to workdir directory for this command", "-w");
        Option<string[]> environment = Flag.List("--env", "Set environment variables", "-e");
        Option<int?> index = Flag.Int("--index", "Index of the container if the service has several");
        var command = new VerbCommand("[OPTIONS] SERVICE COMMAND [ARGS...]", "Execute a command in a running container of a service")
        {
            IsInterspersed = false,
            MinArguments = 2,
            Examples = ["argosy compose exec db psql -U shop"],
        };
        foreach (Option option in (IEnumerable<Option>)[detach, noTty, privileged, user, workingDirectory, environment, index])
            command.Add(option);
        ProjectFlags flags = ProjectFlags.AddTo(command);
        return command.Runs(async (line, cancellationToken) =>
        {
            (string project, IReadOnlyList<string> known) = flags.Identify(session, line);
            ContainerSummary container = await ComposeContainers.OneAsync(session, project, known, line.Arguments[0], line.Get(index), cancellationToken);
            bool isAttached = !line.Get(detach);
            bool hasTty = isAttached && !line.Get(noTty) && session.Streams is { InputIsTerminal: true, OutputIsTerminal: true };
            var request = new ExecCreateRequest
            {
                AttachStdin = isAttached,
                AttachStdout = isAttached,
                AttachStderr = isAttached,
                Tty = hasTty,
                Privileged = line.Get(privileged),
                User = line.Get(user) ?? "",
                WorkingDir = line.Get(workingDirectory) ?? "",
                Env = line.GetAll(environment) is { Count: > 0 } variables ? variables : null,
                Cmd = [.. line.Arguments.Skip(1)],
                ConsoleSize = hasTty && TerminalScope.Size is { } size ? [size.Rows, size.Columns] : null,
            };
            return await ExecCommand.RunAsync(session, container.Id, request, isAttached, cancellationToken);
        });
    }
}
