namespace Argosy.Build.Cache;

/// <summary>A cache mount's directory, by its name.</summary>
internal sealed record CacheMountRecord
{
    /// <summary>What the Dockerfiles call it.</summary>
    public required string Id { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When a step last used it.</summary>
    public required DateTimeOffset LastUsed { get; init; }

    /// <summary>How often.</summary>
    public int Uses { get; init; }
}
