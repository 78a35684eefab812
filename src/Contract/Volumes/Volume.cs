using System.Text.Json.Serialization;

namespace Argosy.Contract.Volumes;

/// <summary>A volume (Engine API, Volume).</summary>
public sealed record Volume
{
    /// <summary>RFC 3339, seconds.</summary>
    public string CreatedAt { get; set; } = "";

    public string Driver { get; set; } = "";

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string Mountpoint { get; set; } = "";

    public string Name { get; set; } = "";

    public IReadOnlyDictionary<string, string>? Options { get; init; }

    public string Scope { get; set; } = "";

    /// <summary>Only in <c>/system/df</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VolumeUsageData? UsageData { get; init; }
}
