namespace Argosy.Stacks;

/// <summary>Docker's health states.</summary>
public enum ObservedHealth
{
    /// <summary>No health check.</summary>
    None,
    Starting,
    Healthy,
    Unhealthy,
}
