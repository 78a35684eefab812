using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>An entry of the build cache (Engine API, BuildCache).</summary>
public sealed record BuildCacheUsage
{
    [JsonPropertyName("ID")]
    public string Id { get; set; } = "";

    public string Type { get; set; } = "";

    public string Description { get; set; } = "";

    public bool InUse { get; init; }

    public bool Shared { get; init; }

    public long Size { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastUsedAt { get; init; }

    public int UsageCount { get; init; }
}
