using System.Text.Json.Serialization;

namespace Argosy.Contract.Images;

/// <summary>A name or an image that is gone: <c>DELETE /images/{name}</c> and prune.</summary>
public sealed record ImageDeleteItem
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Untagged { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Deleted { get; init; }
}
