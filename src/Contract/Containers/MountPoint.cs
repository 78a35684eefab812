using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>A mount that a container has.</summary>
public sealed record MountPoint
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Type { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    public string Source { get; set; } = "";

    public string Destination { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Driver { get; init; }

    public string Mode { get; set; } = "";

    public bool RW { get; init; }

    public string Propagation { get; set; } = "";
}
