namespace Argosy.Contract.Stacks;

/// <summary>A health check as the Engine API has it; null fields are the image's or the engine's defaults.</summary>
public sealed record StackHealthCheck
{
    /// <summary>Begins with <c>CMD</c>, <c>CMD-SHELL</c> or <c>NONE</c>.</summary>
    public IReadOnlyList<string>? Test { get; init; }
    public TimeSpan? Interval { get; init; }
    public TimeSpan? Timeout { get; init; }
    public int? Retries { get; init; }
    public TimeSpan? StartPeriod { get; init; }
    public TimeSpan? StartInterval { get; init; }
    public bool? Disable { get; init; }
}
