using System.Text.Json.Serialization;

namespace Argosy.Contract.Images;

/// <summary>An image in <c>GET /images/json</c>.</summary>
public sealed record ImageSummary
{
    public string Id { get; set; } = "";

    public string ParentId { get; set; } = "";

    public IReadOnlyList<string> RepoTags { get; set; } = [];

    public IReadOnlyList<string> RepoDigests { get; set; } = [];

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; init; }

    public long Size { get; init; }

    /// <summary>Bytes in layers that other images have too; −1 when it was not asked for.</summary>
    public long SharedSize { get; init; }

    /// <summary>Before API 1.44 only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? VirtualSize { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>How many containers use it; −1 when it was not computed.</summary>
    public long Containers { get; init; }

    /// <summary>Argosy keeps the manifest as it came, so its descriptor is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OciDescriptor? Descriptor { get; init; }

    /// <summary>From API 1.47, when asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ImageManifestSummary>? Manifests { get; init; }
}
