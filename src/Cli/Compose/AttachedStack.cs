using System.Runtime.InteropServices;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Compose;

/// <summary><c>up</c> without <c>-d</c>: follows the logs; Ctrl-C stops the stack, a second one kills it.</summary>
internal sealed class AttachedStack(CliSession session, string project)
{
    public async Task<int> FollowAsync(IReadOnlyList<ContainerSummary> containers, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (containers.Count == 0)
            return 0;
        await session.Out.WriteLineAsync("Attaching to " + string.Join(", ", containers.Select(ComposeContainers.Name)));
        using var interrupted = new CancellationTokenSource();
        using var forced = new CancellationTokenSource();
        void OnSignal(PosixSignalContext signal)
        {
            signal.Cancel = true;
            (interrupted.IsCancellationRequested ? forced : interrupted).Cancel();
        }
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(interrupted.Token, cancellationToken);
        using var follower = new LogFollower(session, hasPrefix: true, session.Streams.OutputIsTerminal);
        try
        {
            await follower.FollowToTheEndAsync(containers, since, both.Token);
            return 0;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return await StopAsync(containers, forced.Token);
        }
    }

    private async Task<int> StopAsync(IReadOnlyList<ContainerSummary> containers, CancellationToken forced)
    {
        await session.Out.WriteLineAsync("Gracefully stopping... (press Ctrl+C again to force)");
        try
        {
            await new StackProgressPrinter(session).PrintAsync(session.Client.Stacks.StopAsync(project, [], cancellationToken: forced), forced);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(containers.Select(KillAsync));
        }
        return 130;
    }

    private async Task KillAsync(ContainerSummary container)
    {
        try
        {
            await session.Client.Containers.KillAsync(container.Id);
        }
        catch (ApiException)
        {
            // It has ended by itself.
        }
    }
}
