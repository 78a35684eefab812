using System.Text.Json.Serialization;

namespace Argosy.Contract.Images;

/// <summary>A manifest of an image (<c>ImageManifestSummary</c>).</summary>
public sealed record ImageManifestSummary
{
    [JsonPropertyName("ID")]
    public string Id { get; set; } = "";

    public OciDescriptor Descriptor { get; set; } = new();

    /// <summary>Whether everything that the manifest names is here.</summary>
    public bool Available { get; init; }

    public ImageManifestSize Size { get; set; } = new();

    /// <summary>image, attestation or unknown.</summary>
    public string Kind { get; set; } = "";

    /// <summary>For images only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageManifestData? ImageData { get; init; }
}
