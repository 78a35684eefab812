using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Compose;
using Argosy.Cli.Session;
using Argosy.Cli.Streams;
using Argosy.Cli.Syntax;
using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy exec</c>.</summary>
internal static class ExecCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<bool> detach = Flag.Bool("--detach", "Detached mode: run command in the background", "-d");
        Option<bool> interactive = Flag.Bool("--interactive", "Keep STDIN open even if not attached", "-i");
        Option<bool> tty = Flag.Bool("--tty", "Allocate a pseudo-TTY", "-t");
        Option<bool> privileged = Flag.Bool("--privileged", "Give extended privileges to the command");
        Option<string?> detachKeys = Flag.Text("--detach-keys", "Override the key sequence for detaching a container");
        Option<string?> user = Flag.Text("--user", "Username or UID (format: \"<name|uid>[:<group|gid>]\")", "-u");
        Option<string?> workingDirectory = Flag.Text("--workdir", "Working directory inside the container", "-w");
        Option<string[]> environment = Flag.List("--env", "Set environment variables", "-e");
        Option<string[]> environmentFiles = Flag.List("--env-file", "Read in a file of environment variables");
        var command = new VerbCommand("[OPTIONS] CONTAINER COMMAND [ARG...]", "Execute a command in a running container")
        {
            IsInterspersed = false,
            MinArguments = 2,
            Examples = ["argosy exec -it web sh", "argosy exec -u 1000 -w /tmp -e A=b web env"],
        };
        foreach (Option option in (IEnumerable<Option>)[detach, interactive, tty, privileged, detachKeys, user, workingDirectory, environment, environmentFiles])
            command.Add(option);
        return command.Runs((line, cancellationToken) =>
        {
            bool isAttached = !line.Get(detach);
            var request = new ExecCreateRequest
            {
                AttachStdin = isAttached && line.Get(interactive),
                AttachStdout = isAttached,
                AttachStderr = isAttached,
                Tty = line.Get(tty),
                Privileged = line.Get(privileged),
                DetachKeys = session.DetachKeysOr(line.Get(detachKeys)) ?? "",
                User = line.Get(user) ?? "",
                WorkingDir = line.Get(workingDirectory) ?? "",
                Env = Environment(line, environment, environmentFiles),
                Cmd = [.. line.Arguments.Skip(1)],
                ConsoleSize = line.Get(tty) && TerminalScope.Size is { } size ? [size.Rows, size.Columns] : null,
            };
            return RunAsync(session, line.Arguments[0], request, isAttached, cancellationToken);
        });
    }

    internal static async Task<int> RunAsync(CliSession session, string container, ExecCreateRequest request, bool isAttached, CancellationToken cancellationToken)
    {
        if (request.AttachStdin && request.Tty && !session.Streams.InputIsTerminal)
            throw new CliException("the input device is not a TTY");
        string exec = await ServiceFallback.OneAsync(session, container, id => session.Client.Execs.CreateAsync(id, request, cancellationToken), cancellationToken);
        var start = new ExecStartRequest { Tty = request.Tty, ConsoleSize = request.ConsoleSize };
        if (!isAttached)
        {
            await session.Client.Execs.StartDetachedAsync(exec, start, cancellationToken);
            return 0;
        }
        await using HijackedStream remote = await session.Client.Execs.StartAsync(exec, start, cancellationToken);
        if (!await PumpAsync(session, exec, remote, request, cancellationToken))
            return 0;
        ExecInspect ended = await session.Client.Execs.InspectAsync(exec, cancellationToken);
        return ended.ExitCode ?? 0;
    }

    private static async Task<bool> PumpAsync(CliSession session, string exec, HijackedStream remote, ExecCreateRequest request, CancellationToken cancellationToken)
    {
        using TerminalScope? terminal = request.Tty
            ? new TerminalScope(session, request.AttachStdin, size => session.Client.Execs.ResizeAsync(exec, size.Rows, size.Columns))
            : null;
        terminal?.Resize();
        var pump = new StreamPump(remote, request.Tty)
        {
            Input = request.AttachStdin ? session.Streams.Input : null,
            Output = session.Streams.Output,
            Error = session.Streams.ErrorOutput,
            DetachKeys = request is { AttachStdin: true, Tty: true } ? DetachKeys.Parse(request.DetachKeys is { Length: > 0 } keys ? keys : DetachKeys.Default) : null,
        };
        return await pump.RunAsync(cancellationToken);
    }

    private static List<string>? Environment(Invocation line, Option<string[]> entries, Option<string[]> files)
    {
        List<string> all =
        [
            .. line.ReadAll(files, path => KeyValueFiles.Read(path, global::System.Environment.GetEnvironmentVariable)).SelectMany(file => file),
            .. line.ReadAll(entries, entry => KeyValueFiles.Environment(entry, global::System.Environment.GetEnvironmentVariable)).OfType<string>(),
        ];
        return all.Count > 0 ? all : null;
    }
}
