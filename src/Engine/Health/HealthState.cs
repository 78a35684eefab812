namespace Argosy.Engine.Health;

/// <summary>A container's health (Engine API, Health); an immutable value.</summary>
/// <param name="FailingStreak">Failures in a row.</param>
/// <param name="Log">The last five probes, oldest first.</param>
public sealed record HealthState(HealthStatus Status, int FailingStreak, IReadOnlyList<ProbeResult> Log)
{
    private const int LogLength = 5;

    /// <summary>Before the first probe.</summary>
    public static HealthState Starting { get; } = new(HealthStatus.Starting, 0, []);

    /// <summary>At the beginning of another run: the log is kept.</summary>
    public HealthState Anew() => Starting with { Log = Log };

    /// <summary>The state after one more probe.</summary>
    /// <param name="inStartPeriod">Failures do not count while the start period lasts and nothing has succeeded.</param>
    /// <param name="retries">Failures in a row until unhealthy.</param>
    public HealthState After(ProbeResult probe, bool inStartPeriod, int retries)
    {
        ProbeResult[] log = [.. Log.TakeLast(LogLength - 1), probe];
        if (probe.ExitCode == 0)
            return new HealthState(HealthStatus.Healthy, 0, log);
        if (Status == HealthStatus.Starting && inStartPeriod)
            return this with { Log = log };
        int streak = FailingStreak + 1;
        return new HealthState(streak >= retries ? HealthStatus.Unhealthy : Status, streak, log);
    }
}
