namespace Argosy.Contract.Stacks;

/// <summary>deploy.restart_policy: <c>none</c>, <c>on-failure</c> or <c>any</c>.</summary>
public sealed record StackRestartPolicy
{
    public string? Condition { get; init; }
    public int? MaxAttempts { get; init; }
}
