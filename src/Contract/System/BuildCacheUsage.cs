using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>An entry of the build cache (Engine API, BuildCache).</summary>
public sealed record BuildCacheUsage
{
    [JsonPropertyName("ID")]
    public string Id { get; init; } = "";

    public string Type { get; init; } = "";

    public string Description { get; init; } = "";

    public bool InUse { get; init; }

    public bool Shared { get; init; }

    public long Size { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUsedAt { get; init; }

    public int UsageCount { get; init; }
}
