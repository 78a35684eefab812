namespace Argosy.Engine.Containers.Model;

/// <summary>How a container's health is probed (Engine API, HealthConfig). Durations of zero mean Docker's default.</summary>
public sealed record HealthcheckConfig
{
    /// <summary>["NONE"], ["CMD", …] or ["CMD-SHELL", command]; empty inherits the image's.</summary>
    public IReadOnlyList<string> Test { get; set; } = [];

    /// <summary>Nanoseconds between probes; 0: 30 s.</summary>
    public long Interval { get; init; }

    /// <summary>Nanoseconds a probe may take; 0: 30 s.</summary>
    public long Timeout { get; init; }

    /// <summary>Nanoseconds in which failures do not count.</summary>
    public long StartPeriod { get; init; }

    /// <summary>Nanoseconds between probes during the start period; 0: 5 s.</summary>
    public long StartInterval { get; init; }

    /// <summary>Failures in a row until unhealthy; 0: 3.</summary>
    public int Retries { get; init; }

    /// <summary>True when there is something to run.</summary>
    public bool IsEnabled => Test is ["CMD", _, ..] or ["CMD-SHELL", _, ..];
}
