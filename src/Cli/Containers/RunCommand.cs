using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Containers.Options;
using Argosy.Cli.Session;
using Argosy.Cli.Streams;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy run</c>.</summary>
internal static class RunCommand
{
    public static VerbCommand Create(CliSession session)
    {
        var flags = new ContainerFlags();
        Option<bool> detach = Flag.Bool("--detach", "Run container in background and print container ID", "-d");
        Option<string?> detachKeys = Flag.Text("--detach-keys", "Override the key sequence for detaching a container");
        var signalProxy = new Option<bool?>("--sig-proxy") { Description = "Proxy received signals to the process (default true)" };
        var command = new VerbCommand("[OPTIONS] IMAGE [COMMAND] [ARG...]", "Create and run a new container from an image")
        {
            IsInterspersed = false,
            MinArguments = 1,
            FailureExitCode = 125,
            NamesProgramInErrors = true,
            Examples =
            [
                "argosy run --rm -it busybox sh",
                "argosy run -d --name web -p 8080:80 --restart unless-stopped nginx",
                "argosy run --rm -v \"$PWD:/work\" -w /work -e CI=1 debian make test",
            ],
        };
        flags.AddTo(command);
        foreach (Option option in (IEnumerable<Option>)[detach, detachKeys, signalProxy])
            command.Add(option);
        return command.Runs((line, cancellationToken) =>
        {
            var attach = StreamChoice.Read(line, flags.Process, line.Get(detach));
            var run = new RunInForeground(session, attach, line.Get(flags.Process.Tty), line.Get(flags.Remove))
            {
                DetachKeys = session.DetachKeysOr(line.Get(detachKeys)),
                ForwardsSignals = line.Get(signalProxy) ?? true,
            };
            return RunAsync(session, line, flags, attach, run, cancellationToken);
        });
    }

    private static async Task<int> RunAsync(
        CliSession session, Invocation line, ContainerFlags flags, Attachment attach, RunInForeground run, CancellationToken cancellationToken)
    {
        bool isTty = line.Get(flags.Process.Tty);
        if (attach.Stdin && isTty && !session.Streams.InputIsTerminal)
            throw new CliException("the input device is not a TTY") { IsWhole = true };
        ContainerCreateRequest request = flags.ToRequest(line, attach, Environment.GetEnvironmentVariable);
        if (isTty && TerminalScope.Size is { } size)
            request = request with { HostConfig = request.HostConfig! with { ConsoleSize = [size.Rows, size.Columns] } };
        string id = await new ContainerCreation(session, flags).CreateAsync(line, request, cancellationToken);
        if (attach.IsAny)
            return await run.StartAsync(id, cancellationToken);
        await StartFailure.GuardAsync(() => session.Client.Containers.StartAsync(id, cancellationToken: cancellationToken));
        await session.Out.WriteLineAsync(id);
        return 0;
    }
}
