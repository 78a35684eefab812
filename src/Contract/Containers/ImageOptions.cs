using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>Options of a mount of type <c>image</c>.</summary>
public sealed record ImageOptions
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Subpath { get; init; }
}
