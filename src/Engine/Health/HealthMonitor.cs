using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Exec;
using Argosy.Linux.Processes;
using Argosy.Networks;
using Argosy.Runtime;
using Microsoft.Extensions.Logging;

namespace Argosy.Engine.Health;

/// <summary>
/// Probes the running containers that have a health check, one loop each, from their start (or the daemon's) to their end.
/// </summary>
public sealed partial class HealthMonitor : IAsyncDisposable
{
    private const int OutputLimit = 4096;
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultStartInterval = TimeSpan.FromSeconds(5);

    /// <summary>What the probes find is saved at once when it changes the status, else this often.</summary>
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(10);

    private readonly ContainerLifecycle lifecycle;
    private readonly ExecService execs;
    private readonly SandboxDirectory sandboxes;
    private readonly TimeProvider clock;
    private readonly ILogger<HealthMonitor> logger;
    private readonly ConcurrentDictionary<ContainerId, Watch> watches = new();

    /// <summary>Follows starts and ends from now on.</summary>
    public HealthMonitor(ContainerLifecycle lifecycle, ExecService execs, SandboxDirectory sandboxes, TimeProvider clock, ILogger<HealthMonitor> logger)
    {
        (this.lifecycle, this.execs, this.sandboxes, this.clock, this.logger) = (lifecycle, execs, sandboxes, clock, logger);
        lifecycle.Started += container => Begin(container);
        lifecycle.Ended += container => End(container.Id);
    }

    /// <summary>The health of a container; null when it has no probe or was never started. One that is not probed, stopped or paused, is unhealthy: dockerd says so "for compatibility".</summary>
    public HealthState? Of(ContainerId id)
    {
        HealthState? state = watches.TryGetValue(id, out Watch? watch) ? watch.State : lifecycle.Table.HealthOf(id)?.Anew();
        return state is null || IsRunning(id) ? state : state with { Status = HealthStatus.Unhealthy };
    }

    /// <summary>Begins to probe a container that runs (its start, or its adoption).</summary>
    /// <param name="adopted">It ran before this daemon came: it is what it was.</param>
    internal void Begin(ContainerRecord container, bool adopted = false)
    {
        if (container.Config.Healthcheck is not { IsEnabled: true } check)
        {
            watches.TryRemove(container.Id, out _);
            return;
        }
        HealthState? before = watches.TryGetValue(container.Id, out Watch? earlier) ? earlier.State : lifecycle.Table.HealthOf(container.Id);
        End(container.Id);
        var watch = new Watch(check, adopted && before is not null ? before : before?.Anew() ?? HealthState.Starting);
        watches[container.Id] = watch;
        if (adopted)
            sandboxes.SetAnswering(container.Id, watch.State.Status != HealthStatus.Unhealthy);
        watch.Loop = ProbeLoopAsync(container, watch);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Watch watch in watches.Values)
            await watch.Stop.CancelAsync();
        foreach ((ContainerId id, Watch watch) in watches)
        {
            await watch.Loop;
            await lifecycle.Table.SaveHealthAsync(id, watch.State);
        }
    }

    /// <summary>Stops probing; what was found stays to be inspected, as with dockerd, and the next run begins anew.</summary>
    private void End(ContainerId id)
    {
        if (!watches.TryGetValue(id, out Watch? watch))
            return;
        watch.Stop.Cancel();
        watch.State = watch.State.Anew();
    }

    private bool IsRunning(ContainerId id) => lifecycle.Table.TryGet(id, out ContainerRecord? container) && container.State.Status == ContainerStatus.Running;

    private async Task ProbeLoopAsync(ContainerRecord container, Watch watch)
    {
        // The caller holds the container's lock, and saving is not its business.
        await Task.Yield();
        HealthcheckConfig check = watch.Check;
        TimeSpan startPeriod = Nanoseconds(check.StartPeriod, TimeSpan.Zero);
        int retries = check.Retries > 0 ? check.Retries : 3;
        DateTimeOffset begun = container.State.StartedAt ?? clock.GetUtcNow();
        try
        {
            await lifecycle.Table.SaveHealthAsync(container.Id, watch.State);
            while (true)
            {
                bool inStartPeriod = clock.GetUtcNow() - begun < startPeriod;
                TimeSpan pause = inStartPeriod && watch.State.Status == HealthStatus.Starting
                    ? Nanoseconds(check.StartInterval, DefaultStartInterval) : Nanoseconds(check.Interval, DefaultInterval);
                await Task.Delay(pause, clock, watch.Stop.Token);
                if (!IsRunning(container.Id))
                {
                    // Paused: dockerd does not probe either, and what comes after is a change.
                    watch.State = watch.State with { Status = HealthStatus.Unhealthy };
                    continue;
                }
                ProbeResult result = await ProbeAsync(container.Id, check, watch.Stop.Token);
                await ReportAsync(container, watch, watch.State.After(result, clock.GetUtcNow() - begun < startPeriod, retries));
            }
        }
        catch (OperationCanceledException) when (watch.Stop.IsCancellationRequested)
        {
            // The container has ended, or the daemon ends.
        }
        catch (Exception exception)
        {
            LogLoopDied(logger, container.Id, exception);
        }
    }

    private async Task ReportAsync(ContainerRecord container, Watch watch, HealthState next)
    {
        watch.Stop.Token.ThrowIfCancellationRequested();
        bool changed = next.Status != watch.State.Status;
        watch.State = next;
        if (changed || clock.GetUtcNow() - watch.Saved >= SaveInterval)
        {
            watch.Saved = clock.GetUtcNow();
            await lifecycle.Table.SaveHealthAsync(container.Id, next);
        }
        if (!changed)
            return;
        sandboxes.SetAnswering(container.Id, next.Status != HealthStatus.Unhealthy);
        lifecycle.Publish(container, "health_status: " + next.Status.ToString().ToLowerInvariant());
        if (next.Status == HealthStatus.Unhealthy && HealthActions.Of(container.Config) is not HealthAction.None and var action)
            watch.Action = ActAsync(container.Id, action);
    }

    /// <summary>Beside the loop, which ends with the container.</summary>
    private async Task ActAsync(ContainerId id, HealthAction action)
    {
        await Task.Yield();
        LogActing(logger, id, action);
        try
        {
            await (action switch
            {
                HealthAction.Stop => lifecycle.StopAsync(id.Value, null, null, CancellationToken.None),
                HealthAction.Kill => lifecycle.KillUnhealthyAsync(id),
                _ => lifecycle.RestartAsync(id.Value, null, null, CancellationToken.None),
            });
        }
        catch (EngineException exception)
        {
            // It ended or was removed meanwhile, or it sits in the kernel.
            LogActionFailed(logger, id, action, exception.Message);
        }
        catch (Exception exception)
        {
            LogLoopDied(logger, id, exception);
        }
    }

    private async Task<ProbeResult> ProbeAsync(ContainerId id, HealthcheckConfig check, CancellationToken cancellationToken)
    {
        DateTimeOffset start = clock.GetUtcNow();
        TimeSpan limit = Nanoseconds(check.Timeout, DefaultInterval);
        using var timer = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        ExecSession? session = null;
        try
        {
            session = execs.Create(id.Value, new ExecRequest { Command = Command(check), AttachStdout = true, AttachStderr = true });
            await using Attachment? streams = await execs.StartAsync(session, attach: true, size: null, both.Token);
            string output = await ReadAsync(streams!, both.Token);
            int code = await session.Ended.WaitAsync(both.Token);
            return new ProbeResult(start, clock.GetUtcNow(), code, output);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Kill(session);
            return new ProbeResult(start, clock.GetUtcNow(), -1, $"Health check exceeded timeout ({GoDuration(limit)})");
        }
        catch (EngineException exception)
        {
            return new ProbeResult(start, clock.GetUtcNow(), -1, exception.Message);
        }
    }

    private static void Kill(ExecSession? session)
    {
        if (session is { Running: true, Pid: > 0 } && ProcessIdentity.TryRead(session.Pid, out ProcessIdentity process))
            Linux.Processes.Signals.Send(process, Containers.Signals.Kill);
    }

    private static IReadOnlyList<string> Command(HealthcheckConfig check) =>
        check.Test[0] == "CMD-SHELL" ? ["/bin/sh", "-c", .. check.Test.Skip(1)] : [.. check.Test.Skip(1)];

    private static async Task<string> ReadAsync(Attachment streams, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        while (await streams.ReadAsync(cancellationToken) is { IsEnd: false } piece)
        {
            if (output.Length < OutputLimit)
                output.Append(Encoding.UTF8.GetString(piece.Data.Span[..Math.Min(piece.Data.Length, OutputLimit - output.Length)]));
        }
        return output.ToString();
    }

    /// <summary>As Go prints a duration: 500ms, 1.5s, 1m30s.</summary>
    private static string GoDuration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.###}ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###}s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}m{time.TotalSeconds % 60:0.###}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}h{time.Minutes}m{time.TotalSeconds % 60:0.###}s"),
    };

    private static TimeSpan Nanoseconds(long value, TimeSpan absent) => value > 0 ? TimeSpan.FromTicks(value / 100) : absent;

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "the health checks of container {ContainerId} ended by an error")]
    private static partial void LogLoopDied(ILogger logger, ContainerId containerId, Exception exception);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Warning, Message = "container {ContainerId} is unhealthy: {Action}")]
    private static partial void LogActing(ILogger logger, ContainerId containerId, HealthAction action);

    [LoggerMessage(EventId = 3103, Level = LogLevel.Warning, Message = "unhealthy container {ContainerId}: {Action} failed: {Reason}")]
    private static partial void LogActionFailed(ILogger logger, ContainerId containerId, HealthAction action, string reason);

    private sealed class Watch(HealthcheckConfig check, HealthState begin)
    {
        private HealthState state = begin;

        /// <summary>When the state was last saved.</summary>
        public DateTimeOffset Saved { get; set; }

        /// <summary>What its failure has set off.</summary>
        public Task Action { get; set; } = Task.CompletedTask;

        public HealthcheckConfig Check { get; } = check;

        public CancellationTokenSource Stop { get; } = new();

        public Task Loop { get; set; } = Task.CompletedTask;

        public HealthState State
        {
            get => Volatile.Read(ref state);
            set => Volatile.Write(ref state, value);
        }
    }
}
