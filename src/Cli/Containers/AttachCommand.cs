using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Cli.Streams;
using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy attach</c>.</summary>
internal static class AttachCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> detachKeys = Flag.Text("--detach-keys", "Override the key sequence for detaching a container");
        Option<bool> noStdin = Flag.Bool("--no-stdin", "Do not attach STDIN");
        var signalProxy = new Option<bool?>("--sig-proxy") { Description = "Proxy all received signals to the process (default true)" };
        return new VerbCommand("[OPTIONS] CONTAINER", "Attach local standard input, output, and error streams to a running container")
        {
            detachKeys, noStdin, signalProxy,
        }.With(1, 1, "argosy attach shell").Runs(async (line, cancellationToken) =>
        {
            ContainerInspect container = await session.Client.Containers.InspectAsync(line.Arguments[0], cancellationToken: cancellationToken);
            CheckState(container);
            return await AttachAsync(session, container, line.Get(noStdin), session.DetachKeysOr(line.Get(detachKeys)), line.Get(signalProxy) ?? true, cancellationToken);
        });
    }

    private static void CheckState(ContainerInspect container)
    {
        ContainerState state = container.State ?? new ContainerState();
        if (!state.Running)
            throw new CliException("You cannot attach to a stopped container, start it first");
        if (state.Paused)
            throw new CliException("You cannot attach to a paused container, unpause it first");
        if (state.Restarting)
            throw new CliException("You cannot attach to a restarting container, wait until it is running");
    }

    private static async Task<int> AttachAsync(
        CliSession session, ContainerInspect container, bool noStdin, string? detachKeys, bool forwardsSignals, CancellationToken cancellationToken)
    {
        ContainerConfig config = container.Config ?? new ContainerConfig();
        bool hasInput = !noStdin && config.OpenStdin;
        if (hasInput && config.Tty && !session.Streams.InputIsTerminal)
            throw new CliException("the input device is not a TTY");
        var options = new AttachOptions { Stdin = hasInput, DetachKeys = detachKeys };
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ContainerWaitResponse> exit = session.Client.Containers.WaitAsync(container.Id, cancellationToken: waiting.Token);
        await using HijackedStream remote = await session.Client.Containers.AttachAsync(container.Id, options, cancellationToken);
        using SignalProxy? signals = forwardsSignals && !config.Tty ? new SignalProxy(signal => session.Client.Containers.KillAsync(container.Id, signal)) : null;
        using TerminalScope? terminal = config.Tty
            ? new TerminalScope(session, hasInput, size => session.Client.Containers.ResizeAsync(container.Id, size.Rows, size.Columns))
            : null;
        terminal?.Resize();
        var pump = new StreamPump(remote, config.Tty)
        {
            Input = hasInput ? session.Streams.Input : null,
            Output = session.Streams.Output,
            Error = session.Streams.ErrorOutput,
            DetachKeys = hasInput && config.Tty ? DetachKeys.Parse(detachKeys ?? DetachKeys.Default) : null,
        };
        if (await pump.RunAsync(cancellationToken))
            return (int)(await exit).StatusCode;
        await waiting.CancelAsync();
        await session.Error.WriteLineAsync("read escape sequence");
        return 0;
    }
}
