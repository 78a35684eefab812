namespace Argosy.Engine.Health;

/// <summary>What a container's probes say.</summary>
public enum HealthStatus
{
    /// <summary>It has no probe.</summary>
    None,

    /// <summary>No probe has succeeded yet and the start period or the retries are not used up.</summary>
    Starting,

    /// <summary>The last probe succeeded.</summary>
    Healthy,

    /// <summary>As many probes in a row as allowed have failed.</summary>
    Unhealthy,
}
