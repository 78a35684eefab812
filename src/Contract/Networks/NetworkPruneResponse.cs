namespace Argosy.Contract.Networks;

/// <summary>The answer of <c>POST /networks/prune</c>: names; null when there were none.</summary>
public sealed record NetworkPruneResponse
{
    public IReadOnlyList<string>? NetworksDeleted { get; init; }
}
