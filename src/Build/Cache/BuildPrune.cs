namespace Argosy.Build.Cache;

/// <summary>What of the build cache may go.</summary>
public sealed record BuildPrune
{
    /// <summary>Only what was of no use since; null is everything.</summary>
    public DateTimeOffset? UnusedSince { get; init; }

    /// <summary>Bytes that stay in any case.</summary>
    public long? ReservedSpace { get; init; }

    /// <summary>Bytes that the cache may have.</summary>
    public long? MaxUsedSpace { get; init; }

    /// <summary>Bytes of the disk that are to be free afterwards.</summary>
    public long? MinFreeSpace { get; init; }

    /// <summary>Bytes of the disk that are free now; of meaning with <see cref="MinFreeSpace"/> alone.</summary>
    public long FreeSpace { get; init; }

    /// <summary>Only entries that this accepts.</summary>
    public Func<BuildCacheEntry, bool> Filter { get; init; } = _ => true;

    /// <summary>What has to go, longest unused first. An entry in use stays.</summary>
    public IReadOnlyList<BuildCacheEntry> Choose(IReadOnlyList<BuildCacheEntry> entries)
    {
        long? keep = Keep(entries.Sum(entry => entry.Size));
        long tooMuch = keep is { } bytes ? entries.Sum(entry => entry.Size) - bytes : long.MaxValue;
        var chosen = new List<BuildCacheEntry>();
        foreach (BuildCacheEntry entry in entries.Where(Fits).OrderBy(entry => entry.LastUsed))
        {
            if (tooMuch <= 0)
                break;
            chosen.Add(entry);
            tooMuch -= entry.Size;
        }
        // A result under another key would keep the layer.
        var layers = chosen.Where(entry => entry.Size > 0 && entry.Layer.Length > 0).Select(entry => entry.Layer).ToHashSet(StringComparer.Ordinal);
        return keep is null ? chosen : [.. chosen.Union(entries.Where(entry => layers.Contains(entry.Layer)))];
    }

    /// <summary>BuildKit's rule: as much as is allowed and leaves the disk what it is to have, but never less than is reserved.</summary>
    /// <returns>Bytes that may stay; null when no bound was given, and everything goes.</returns>
    private long? Keep(long total)
    {
        if (ReservedSpace is null && MaxUsedSpace is null && MinFreeSpace is null)
            return null;
        long most = MaxUsedSpace ?? (MinFreeSpace is null ? 0 : long.MaxValue);
        long excess = (MinFreeSpace ?? 0) - FreeSpace;
        return Math.Max(MinFreeSpace is not null && excess > 0 ? Math.Min(most, total - excess) : most, ReservedSpace ?? 0);
    }

    private bool Fits(BuildCacheEntry entry) => !entry.InUse && (UnusedSince is not { } limit || entry.LastUsed < limit) && Filter(entry);
}
