using System.Collections.Concurrent;
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

    /// <summary>The health of a container; null when it has no probe or was never started under this daemon.</summary>
    public HealthState? Of(ContainerId id) => watches.TryGetValue(id, out Watch? watch) ? watch.State : null;

    /// <summary>Begins to probe a container that runs (its start, or its adoption).</summary>
    /// <param name="probeNow">Do not wait for the first interval: an adopted container was healthy, or not, before we came.</param>
    internal void Begin(ContainerRecord container, bool probeNow = false)
    {
        if (container.Config.Healthcheck is not { IsEnabled: true } check)
        {
            watches.TryRemove(container.Id, out _);
            return;
        }
        End(container.Id);
        var watch = new Watch(check);
        watches[container.Id] = watch;
        watch.Loop = ProbeLoopAsync(container, watch, probeNow);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Watch watch in watches.Values)
            await watch.Stop.CancelAsync();
        foreach (Watch watch in watches.Values)
            await watch.Loop;
    }

    /// <summary>Stops probing; the last state stays to be inspected, as with dockerd.</summary>
    private void End(ContainerId id)
    {
        if (watches.TryGetValue(id, out Watch? watch))
            watch.Stop.Cancel();
    }

    private async Task ProbeLoopAsync(ContainerRecord container, Watch watch, bool probeNow)
    {
        HealthcheckConfig check = watch.Check;
        TimeSpan startPeriod = Nanoseconds(check.StartPeriod, TimeSpan.Zero);
        int retries = check.Retries > 0 ? check.Retries : 3;
        DateTimeOffset begun = container.State.StartedAt ?? clock.GetUtcNow();
        try
        {
            while (true)
            {
                bool inStartPeriod = clock.GetUtcNow() - begun < startPeriod;
                TimeSpan pause = inStartPeriod && watch.State.Status == HealthStatus.Starting
                    ? Nanoseconds(check.StartInterval, DefaultStartInterval) : Nanoseconds(check.Interval, DefaultInterval);
                await Task.Delay(probeNow ? TimeSpan.Zero : pause, clock, watch.Stop.Token);
                probeNow = false;
                ProbeResult result = await ProbeAsync(container.Id, check, watch.Stop.Token);
                Report(container, watch, watch.State.After(result, clock.GetUtcNow() - begun < startPeriod, retries));
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

    private void Report(ContainerRecord container, Watch watch, HealthState next)
    {
        bool changed = next.Status != watch.State.Status;
        watch.State = next;
        if (!changed)
            return;
        sandboxes.SetAnswering(container.Id, next.Status != HealthStatus.Unhealthy);
        lifecycle.Publish(container, "health_status: " + next.Status.ToString().ToLowerInvariant());
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
            await using Attachment? streams = await execs.StartAsync(session, attach: true, both.Token);
            string output = await ReadAsync(streams!, both.Token);
            int code = await session.Ended.WaitAsync(both.Token);
            return new ProbeResult(start, clock.GetUtcNow(), code == 0 ? 0 : 1, output);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Kill(session);
            return new ProbeResult(start, clock.GetUtcNow(), -1, $"Health check exceeded timeout ({limit.TotalSeconds:0.###}s)");
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

    private static TimeSpan Nanoseconds(long value, TimeSpan absent) => value > 0 ? TimeSpan.FromTicks(value / 100) : absent;

    [LoggerMessage(EventId = 3101, Level = LogLevel.Error, Message = "the health checks of container {ContainerId} ended by an error")]
    private static partial void LogLoopDied(ILogger logger, ContainerId containerId, Exception exception);

    private sealed class Watch(HealthcheckConfig check)
    {
        private HealthState state = HealthState.Starting;

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
