namespace Argosy.Build.Cache;

/// <summary>What one step made, found by its key. A record whose layers are gone counts for nothing.</summary>
internal sealed record CacheRecord
{
    /// <summary>The layers that the step stood on, as a chain id; empty on scratch.</summary>
    public required string Parent { get; init; }

    /// <summary>The layer that it made; null when it changed nothing.</summary>
    public string? DiffId { get; init; }

    /// <summary>What the history says of it.</summary>
    public required string Description { get; init; }

    /// <summary>When the step ran.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Bytes of content.</summary>
    public long Size { get; init; }

    /// <summary>When it was last of use.</summary>
    public required DateTimeOffset LastUsed { get; init; }

    /// <summary>How often it was of use.</summary>
    public int Uses { get; init; }
}
