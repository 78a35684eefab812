using System.Text.Json.Serialization;
using Argosy.Core;

namespace Argosy.Images.Manifests;

/// <summary>The digests of the uncompressed layers, bottom first (OCI image spec, config.md).</summary>
public sealed record RootFileSystem
{
    [JsonPropertyName("type")]
    public string Type { get; set; } = "layers";

    [JsonPropertyName("diff_ids")]
    public IReadOnlyList<Digest> DiffIds { get; init => field = value ?? []; } = [];
}
