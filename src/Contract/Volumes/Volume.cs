using System.Text.Json.Serialization;

namespace Argosy.Contract.Volumes;

/// <summary>A volume (Engine API, Volume).</summary>
public sealed record Volume
{
    /// <summary>RFC 3339, seconds.</summary>
    public string CreatedAt { get; init; } = "";

    public string Driver { get; init; } = "";

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string Mountpoint { get; init; } = "";

    public string Name { get; init; } = "";

    public IReadOnlyDictionary<string, string>? Options { get; init; }

    public string Scope { get; init; } = "";

    /// <summary>Only in <c>/system/df</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VolumeUsageData? UsageData { get; init; }
}
