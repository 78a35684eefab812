namespace Argosy.Build.Cache;

/// <summary>One record of the build cache, for people.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Description">The step.</param>
/// <param name="Size">Bytes of the layer it made.</param>
/// <param name="Created">When the step ran.</param>
/// <param name="LastUsed">When it was last of use.</param>
/// <param name="Uses">How often.</param>
public sealed record BuildCacheEntry(string Id, string Description, long Size, DateTimeOffset Created, DateTimeOffset LastUsed, int Uses)
{
    /// <summary>A step's result.</summary>
    public const string Step = "regular";

    /// <summary>The directory of a <c>RUN --mount=type=cache</c>.</summary>
    public const string CacheMount = "exec.cachemount";

    /// <summary>BuildKit's word for what it is.</summary>
    public string Type { get; init; } = Step;

    /// <summary>Whether a running build uses it.</summary>
    public bool InUse { get; init; }

    /// <summary>What the result is, as a chain id; results with the same one are one thing under several keys. Empty for a cache mount.</summary>
    public string Layer { get; init; } = "";
}
