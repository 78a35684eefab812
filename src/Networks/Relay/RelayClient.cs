using Argosy.Core;
using Argosy.Networks.Companions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RelayConnection = Argosy.Networks.Companions.CompanionConnection<Argosy.Networks.Relay.RelayRequest, Argosy.Networks.Relay.RelayAnswer>;

namespace Argosy.Networks.Relay;

/// <summary>
/// The daemon's side of the relay: which ports it is to carry follows from the containers' networks. A container's start does not wait for
/// it: its sockets are open, and clients wait in them until the relay has them.
/// </summary>
internal sealed partial class RelayClient : ISandboxService, IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), RetryPeriod = TimeSpan.FromSeconds(2);

    private readonly CompanionKeeper<RelayRequest, RelayAnswer> keeper;
    private readonly RelaySockets sockets;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ITimer retry;

    private readonly Lock gate = new();
    private readonly Dictionary<ContainerId, RelayPort[]> wanted = [];
    private readonly Dictionary<RelayKey, ContainerId> owners = [];
    private readonly HashSet<RelayKey> missing = [];
    private TaskCompletionSource settled = NewSettled();
    private RelayConnection? current;
    private bool isTold;

    internal RelayClient(DaemonPaths paths, string version, ICompanionStarter starter, RelaySockets sockets, TimeProvider time, ILogger logger)
    {
        keeper = new CompanionKeeper<RelayRequest, RelayAnswer>(RelayProgram.Protocol, paths, version, starter, ServeAsync, time, logger);
        // To be refused at once is better than to wait in a socket that nobody comes for.
        keeper.Failed += sockets.CloseAll;
        (this.sockets, this.time, this.logger) = (sockets, time, logger);
        retry = time.CreateTimer(_ => Retry(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public void Prepare(NetworkRecord network)
    {
        // It is started with the first port.
    }

    /// <inheritdoc/>
    public async ValueTask ResetAsync(IReadOnlyCollection<Sandbox> adopted)
    {
        lock (gate)
            foreach (Sandbox sandbox in adopted)
                Want(sandbox.Container, RelayPort.Of(sandbox));
        // One that is left from before has ports that are free again, or it would listen there as long as we live.
        if (owners.Count == 0 && !keeper.MayRun)
            return;
        keeper.Keep();
        await AwaitAsync(Settled);
    }

    /// <inheritdoc/>
    public ValueTask AttachAsync(Sandbox sandbox) => ChangeAsync(sandbox.Container, RelayPort.Of(sandbox));

    /// <inheritdoc/>
    public ValueTask DetachAsync(ContainerId container) => ChangeAsync(container, []);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The daemon's end: the relay stays for the ports that are published, and ends when there are none.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        RelayConnection? last;
        bool useless;
        lock (gate)
            (last, useless) = (current, owners.Count == 0);
        await keeper.StopAsync(last, useless);
    }

    /// <summary>Lets the relay go on by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        await keeper.DisposeAsync();
        await retry.DisposeAsync();
        sockets.CloseAll();
    }

    private static TaskCompletionSource NewSettled() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task Settled
    {
        get
        {
            lock (gate)
                return settled.Task;
        }
    }

    /// <summary>What a container publishes now. Done when nobody listens any more at what it does not, and nobody is led to where it was.</summary>
    private async ValueTask ChangeAsync(ContainerId container, RelayPort[] ports)
    {
        Task closed = Task.CompletedTask;
        lock (gate)
        {
            (RelayKey[] gone, RelayPort[] changed) = Want(container, ports);
            if (owners.Count > 0)
                keeper.Keep();
            if (current is { } relay && isTold)
            {
                closed = Task.WhenAll(Pass(relay, changed), CloseAsync(relay, gone));
            }
            else if (current is not null && gone.Length > 0)
            {
                // It is being told what is wanted, and closes the rest.
                closed = settled.Task;
            }
        }
        await AwaitAsync(closed);
    }

    /// <summary>Under the lock.</summary>
    /// <returns>What nobody wants now, and what is new or leads elsewhere.</returns>
    private (RelayKey[] Gone, RelayPort[] Changed) Want(ContainerId container, RelayPort[] ports)
    {
        RelayPort[] before = wanted.GetValueOrDefault(container, []);
        HashSet<RelayKey> kept = [.. ports.Select(port => port.Key)];
        // A port may have gone to another container already.
        RelayKey[] gone = [.. before.Select(port => port.Key).Where(key => !kept.Contains(key) && owners.TryGetValue(key, out ContainerId owner) && owner == container)];
        foreach (RelayKey key in gone)
        {
            owners.Remove(key);
            missing.Remove(key);
        }
        foreach (RelayKey key in kept)
            owners[key] = container;
        if (ports.Length > 0)
            wanted[container] = ports;
        else
            wanted.Remove(container);
        return (gone, [.. ports.Except(before)]);
    }

    /// <summary>Under the lock.</summary>
    private async Task CloseAsync(RelayConnection relay, RelayKey[] gone)
    {
        if (gone.Length == 0)
            return;
        sockets.Forget(gone);
        await relay.Request(new RelayRequest.Close(gone));
    }

    private async Task AwaitAsync(Task done)
    {
        try
        {
            await done.WaitAsync(Patience, time);
        }
        catch (TimeoutException exception)
        {
            NetworksLog.RelayUnsettled(logger, exception);
            lock (gate)
                current?.Abandon();
        }
        catch (IOException)
        {
            // The relay is gone, and its sockets with it.
        }
    }
}
