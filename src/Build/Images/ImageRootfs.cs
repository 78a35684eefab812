using System.Text.Json.Serialization;

namespace Argosy.Build.Images;

/// <summary>The layers' uncompressed digests, base first.</summary>
internal sealed record ImageRootfs
{
    [JsonPropertyName("type")]
    public string Type { get; set; } = "layers";

    [JsonPropertyName("diff_ids")]
    public List<string> DiffIds { get; set; } = [];
}
