namespace Argosy.Build.Cache;

/// <summary>A rule of the cache's own collection.</summary>
public sealed record BuildCacheRule
{
    /// <summary>Only what was of no use for so long; null is everything.</summary>
    public TimeSpan? UnusedFor { get; init; }

    /// <summary>Only entries of this type; null is all.</summary>
    public string? Type { get; init; }

    /// <inheritdoc cref="BuildPrune.ReservedSpace"/>
    public long? ReservedSpace { get; init; }

    /// <inheritdoc cref="BuildPrune.MaxUsedSpace"/>
    public long? MaxUsedSpace { get; init; }

    /// <inheritdoc cref="BuildPrune.MinFreeSpace"/>
    public long? MinFreeSpace { get; init; }

    /// <summary>What it asks for at this moment.</summary>
    /// <param name="now">The time.</param>
    /// <param name="free">Bytes of the disk that are free.</param>
    public BuildPrune ToPrune(DateTimeOffset now, long free) => new()
    {
        UnusedSince = UnusedFor is { } age ? now - age : null,
        ReservedSpace = ReservedSpace,
        MaxUsedSpace = MaxUsedSpace,
        MinFreeSpace = MinFreeSpace,
        FreeSpace = free,
        Filter = entry => Type is null || entry.Type == Type,
    };
}
