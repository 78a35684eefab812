namespace Argosy.Build.Cache;

/// <summary>What keeps the cache within bounds by itself: rules that are followed in their order after builds.</summary>
/// <param name="Rules">None: nothing is collected.</param>
public sealed record BuildCachePolicy(IReadOnlyList<BuildCacheRule> Rules);
