namespace Argosy.Contract.Containers;

/// <summary>When a container that ended is started again: <c>no</c>, <c>always</c>, <c>unless-stopped</c>, <c>on-failure</c>.</summary>
public sealed record RestartPolicy
{
    public string Name { get; set; } = "";

    public int MaximumRetryCount { get; init; }
}
