namespace Argosy.Contract.Stacks;

/// <summary>The part of <c>deploy</c> that one machine can honour.</summary>
public sealed record StackDeploy
{
    public string? Mode { get; init; }
    public int? Replicas { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
    public StackResources? Resources { get; init; }
    public StackRestartPolicy? RestartPolicy { get; init; }
}
