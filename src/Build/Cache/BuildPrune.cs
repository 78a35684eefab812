namespace Argosy.Build.Cache;

/// <summary>What of the build cache may go.</summary>
public sealed record BuildPrune
{
    /// <summary>Only what was of no use since; null is everything.</summary>
    public DateTimeOffset? UnusedSince { get; init; }

    /// <summary>Bytes that may stay; null keeps nothing.</summary>
    public long? Keep { get; init; }

    /// <summary>Only entries that this accepts.</summary>
    public Func<BuildCacheEntry, bool> Filter { get; init; } = _ => true;

    /// <summary>What has to go, longest unused first. An entry in use stays.</summary>
    public IReadOnlyList<BuildCacheEntry> Choose(IReadOnlyList<BuildCacheEntry> entries)
    {
        long tooMuch = Keep is { } keep ? entries.Sum(entry => entry.Size) - keep : long.MaxValue;
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
        return Keep is null ? chosen : [.. chosen.Union(entries.Where(entry => layers.Contains(entry.Layer)))];
    }

    private bool Fits(BuildCacheEntry entry) => !entry.InUse && (UnusedSince is not { } limit || entry.LastUsed < limit) && Filter(entry);
}
