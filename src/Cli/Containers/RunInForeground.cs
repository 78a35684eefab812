using Argosy.Cli.CommandLine;
using Argosy.Cli.Containers.Options;
using Argosy.Cli.Session;
using Argosy.Cli.Streams;
using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary>
/// Starts a created container with this program's streams joined to it, and returns its exit code.
/// Attaching and waiting are asked for side by side before the start, so that neither output nor exit can be missed.
/// </summary>
internal sealed class RunInForeground(CliSession session, Attachment attach, bool isTty, bool isRemoved)
{
    public string? DetachKeys { get; init; }

    public bool ForwardsSignals { get; init; } = true;

    public async Task<int> StartAsync(string id, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var registered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<HijackedStream> attaching = session.Client.Containers.AttachAsync(id, Options(), cancellationToken);
        Task<ContainerWaitResponse> exit = session.Client.Containers.WaitAsync(
            id, isRemoved ? "removed" : "next-exit", registered.SetResult, waiting.Token);
        await using HijackedStream remote = await attaching;
        await Task.WhenAny(registered.Task, exit);
        using SignalProxy? signals = ForwardsSignals && !isTty ? new SignalProxy(signal => session.Client.Containers.KillAsync(id, signal)) : null;
        await StartOrWaitForRemovalAsync(id, exit, cancellationToken);
        if (!await PumpAsync(id, remote, cancellationToken))
        {
            await waiting.CancelAsync();
            await session.Error.WriteLineAsync("read escape sequence");
            return 0;
        }
        return await ExitCodeAsync(exit);
    }

    private AttachOptions Options() => new() { Stdin = attach.Stdin, Stdout = attach.Stdout, Stderr = attach.Stderr, DetachKeys = DetachKeys };

    /// <summary>A container with --rm that cannot be started is removed by the engine: its name is free when this returns.</summary>
    private async Task StartOrWaitForRemovalAsync(string id, Task exit, CancellationToken cancellationToken)
    {
        try
        {
            await StartFailure.GuardAsync(() => session.Client.Containers.StartAsync(id, cancellationToken: cancellationToken));
        }
        catch (CliException) when (isRemoved)
        {
            await Task.WhenAny(exit, Task.Delay(TimeSpan.FromSeconds(2), session.Clock, cancellationToken));
            throw;
        }
    }

    private async Task<bool> PumpAsync(string id, HijackedStream remote, CancellationToken cancellationToken)
    {
        using TerminalScope? terminal = isTty ? new TerminalScope(session, attach.Stdin, size => session.Client.Containers.ResizeAsync(id, size.Rows, size.Columns)) : null;
        terminal?.Resize();
        var pump = new StreamPump(remote, isTty)
        {
            Input = attach.Stdin ? session.Streams.Input : null,
            Output = session.Streams.Output,
            Error = session.Streams.ErrorOutput,
            DetachKeys = attach.Stdin && isTty ? Streams.DetachKeys.Parse(DetachKeys ?? Streams.DetachKeys.Default) : null,
        };
        return await pump.RunAsync(cancellationToken);
    }

    private static async Task<int> ExitCodeAsync(Task<ContainerWaitResponse> exit)
    {
        ContainerWaitResponse answer = await exit;
        return answer.Error?.Message is { Length: > 0 } problem ? throw new CliException("Error waiting for container: " + problem, 125) : (int)answer.StatusCode;
    }
}
