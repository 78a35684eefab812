using System.Collections.Concurrent;
using System.Globalization;
using Argosy.Core;
using Argosy.Engine.Containers.Model;

namespace Argosy.Engine.Containers;

public sealed partial class ContainerLifecycle
{
    private const int DefaultStopSeconds = 10;

    /// <summary>SIGKILL cannot be refused, but a process may sit in the kernel (a dead NFS server): give up waiting, not the wish.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(10);

    /// <summary>What a stop adds to its grace period when not even SIGKILL ends the process.</summary>
    private static readonly TimeSpan StuckPatience = TimeSpan.FromSeconds(1.5);

    /// <summary>Containers inside a restart verb: their end is not the end of their life (AutoRemove waits).</summary>
    private readonly ConcurrentDictionary<ContainerId, byte> restarting = new();

    /// <summary>Asks the process to end, and kills it when the grace period is over.</summary>
    /// <param name="signal">Null: the container's stop signal.</param>
    /// <param name="timeoutSeconds">Null: the container's, or 10; -1: wait for ever.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotModified"/> when it does not run.</exception>
    public async Task StopAsync(string reference, string? signal, int? timeoutSeconds, CancellationToken cancellationToken)
    {
        ContainerId id = table.Find(reference).Id;
        Task<int> exited;
        ContainerRecord container;
        using (await table.LockAsync(id, cancellationToken))
        {
            container = table.Get(id);
            if (await StopRestartingAsync(container))
                return;
            if (!container.State.IsAlive)
                throw new EngineException(ErrorKind.NotModified, "container is already stopped");
            exited = waits.NextExit(id);
            container = await MarkStoppedAsync(container);
            await SignalUnlessGoneAsync(container, Signals.Parse(signal ?? container.Config.StopSignal ?? "SIGTERM"));
        }
        int seconds = timeoutSeconds ?? container.Config.StopTimeout ?? DefaultStopSeconds;
        TimeSpan grace = seconds < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds);
        // The point of no return was the signal: a client that hangs up does not half-stop a container.
        if (!await EndsWithinAsync(exited, grace))
            await KillAndWaitAsync(id, exited);
        if (table.TryGet(id, out ContainerRecord? stopped))
            Publish(stopped, "stop");
    }

    /// <summary>Stops and starts; a stopped container is just started.</summary>
    public async Task RestartAsync(string reference, string? signal, int? timeoutSeconds, CancellationToken cancellationToken)
    {
        ContainerRecord container = table.Find(reference);
        restarting[container.Id] = 0;
        try
        {
            await StopAsync(container.Id.Value, signal, timeoutSeconds, cancellationToken);
        }
        catch (EngineException exception) when (exception.Kind == ErrorKind.NotModified)
        {
            // It was not running.
        }
        finally
        {
            restarting.TryRemove(container.Id, out _);
        }
        await StartAsync(container.Id.Value, CancellationToken.None);
        Publish(container, "restart");
    }

    /// <summary>Sends a signal; after SIGKILL waits until the container has ended.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/> when it does not run.</exception>
    public async Task KillAsync(string reference, string? signal, CancellationToken cancellationToken)
    {
        int number = Signals.Parse(string.IsNullOrEmpty(signal) ? "SIGKILL" : signal);
        ContainerId id = table.TryFind(reference, out ContainerRecord? found) ? found.Id : throw EngineException.NotFound($"cannot kill container: {reference}: No such container: {reference}");
        Task<int> exited;
        using (await table.LockAsync(id, cancellationToken))
        {
            ContainerRecord container = table.Get(id);
            if (!container.State.IsAlive)
                throw EngineException.Conflict($"cannot kill container: {reference}: container {container.Id} is not running");
            exited = waits.NextExit(id);
            bool ends = number == Signals.Kill || number == Signals.Parse(container.Config.StopSignal ?? "SIGTERM");
            await SignalLockedAsync(ends ? await MarkStoppedAsync(container) : container, number);
        }
        if (number == Signals.Kill)
            await EndsWithinAsync(exited, KillPatience);
    }

    /// <summary>Kills a container that is unhealthy. Nobody asked for its end, so its restart policy decides what comes next.</summary>
    internal async Task KillUnhealthyAsync(ContainerId id)
    {
        using IDisposable held = await table.LockAsync(id);
        if (table.TryGet(id, out ContainerRecord? container) && container.State.IsAlive)
            await SignalUnlessGoneAsync(container, Signals.Kill);
    }

    /// <summary>A container between two restarts has no process: stopping it is a change of its record.</summary>
    private async Task<bool> StopRestartingAsync(ContainerRecord container)
    {
        if (container.State.Status != ContainerStatus.Restarting)
            return false;
        CancelScheduledRestart(container.Id);
        ContainerRecord stopped = container with { State = container.State with { Status = ContainerStatus.Exited, StoppedByUser = true } };
        await table.SaveAsync(stopped);
        waits.OnExit(container.Id, container.State.ExitCode);
        Publish(stopped, "stop");
        return true;
    }

    private async Task<ContainerRecord> MarkStoppedAsync(ContainerRecord container)
    {
        ContainerRecord marked = container with { State = container.State with { StoppedByUser = true } };
        await table.SaveAsync(marked);
        return marked;
    }

    /// <summary>The process may have just ended by itself: its exit is on the way here, and that is what a stop waits for.</summary>
    private async Task SignalUnlessGoneAsync(ContainerRecord container, int signal)
    {
        try
        {
            await SignalLockedAsync(container, signal);
        }
        catch (Exception exception) when (exception is EngineException { Kind: ErrorKind.Conflict } or Runtime.RuntimeException { Kind: ErrorKind.Conflict })
        {
        }
    }

    private async Task SignalLockedAsync(ContainerRecord container, int signal)
    {
        await runtime.SignalAsync(container.Id, signal, CancellationToken.None);
        Publish(container, "kill", ("signal", signal.ToString(CultureInfo.InvariantCulture)));
        // A frozen process gets no signal (cgroup v1 delivers not even SIGKILL): thaw it.
        if (container.State.Status == ContainerStatus.Paused)
            await ResumeLockedAsync(container);
    }

    private async Task KillAndWaitAsync(ContainerId id, Task<int> exited)
    {
        using (await table.LockAsync(id))
        {
            if (table.TryGet(id, out ContainerRecord? container) && container.State.IsAlive && !exited.IsCompleted)
                await SignalUnlessGoneAsync(container, Signals.Kill);
        }
        if (await EndsWithinAsync(exited, StuckPatience))
            return;
        // A process that is gone leaves only our own clean-up to be waited for; one that sits in the kernel is still running, and that is said.
        if (runtime.IsAlive(id) || !await EndsWithinAsync(exited, KillPatience))
            throw new EngineException(ErrorKind.Internal, $"cannot stop container: {id}: tried to kill container, but did not receive an exit event");
    }

    private async Task<bool> EndsWithinAsync(Task<int> exited, TimeSpan patience)
    {
        try
        {
            await exited.WaitAsync(patience, clock);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
