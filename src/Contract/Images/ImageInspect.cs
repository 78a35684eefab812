using System.Text.Json.Serialization;
using Argosy.Contract.Containers;

namespace Argosy.Contract.Images;

/// <summary>The answer of <c>GET /images/{name}/json</c>.</summary>
public sealed record ImageInspect
{
    public string Id { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OciDescriptor? Descriptor { get; init; }

    /// <summary>From API 1.48, when asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ImageManifestSummary>? Manifests { get; init; }

    public IReadOnlyList<string> RepoTags { get; set; } = [];

    public IReadOnlyList<string> RepoDigests { get; set; } = [];

    public string Parent { get; set; } = "";

    public string Comment { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Created { get; init; }

    /// <summary>Before API 1.45 only: the container that the image was committed from. Ours keep none: empty.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Container { get; init; }

    /// <summary>Before API 1.45 only: that container's configuration. docker-compose 1 looks for it when it recreates a container.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImageInspectConfig? ContainerConfig { get; init; }

    public string DockerVersion { get; set; } = "";

    public string Author { get; set; } = "";

    public ImageInspectConfig? Config { get; init; }

    public string Architecture { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Variant { get; init; }

    public string Os { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OsVersion { get; init; }

    public long Size { get; init; }

    /// <summary>Before API 1.44 only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? VirtualSize { get; init; }

    public DriverData? GraphDriver { get; init; }

    public ImageRootFs RootFS { get; set; } = new();

    public ImageMetadata Metadata { get; set; } = new();
}
