using System.Text.Json.Serialization;

namespace Argosy.Daemon;

/// <summary><c>builder.gc</c> of daemon.json, in dockerd's form. Spaces are bytes with a unit (<c>10GB</c>), or a part of the disk (<c>10%</c>).</summary>
internal sealed record BuilderGcSettings
{
    [JsonPropertyName("enabled")]
    public bool? Enabled { get; init; }

    /// <summary>The older name of <see cref="DefaultReservedSpace"/>.</summary>
    [JsonPropertyName("defaultKeepStorage")]
    public string? DefaultKeepStorage { get; init; }

    [JsonPropertyName("defaultReservedSpace")]
    public string? DefaultReservedSpace { get; init; }

    [JsonPropertyName("defaultMaxUsedSpace")]
    public string? DefaultMaxUsedSpace { get; init; }

    [JsonPropertyName("defaultMinFreeSpace")]
    public string? DefaultMinFreeSpace { get; init; }

    [JsonPropertyName("policy")]
    public List<BuilderGcRule>? Policy { get; init; }
}
