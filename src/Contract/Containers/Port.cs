using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>An exposed port, and where it is published.</summary>
public sealed record Port
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? IP { get; init; }

    public int PrivatePort { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int PublicPort { get; init; }

    public string Type { get; set; } = "";
}
