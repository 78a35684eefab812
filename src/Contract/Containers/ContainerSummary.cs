using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>One container in <c>GET /containers/json</c>.</summary>
public sealed record ContainerSummary
{
    public string Id { get; set; } = "";

    public IReadOnlyList<string>? Names { get; init; }

    public string Image { get; set; } = "";

    [JsonPropertyName("ImageID")]
    public string ImageId { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OciDescriptor? ImageManifestDescriptor { get; init; }

    public string Command { get; set; } = "";

    public long Created { get; init; }

    public IReadOnlyList<Port>? Ports { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SizeRw { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SizeRootFs { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public string State { get; set; } = "";

    public string Status { get; set; } = "";

    public ContainerSummaryHostConfig? HostConfig { get; init; }

    public ContainerSummaryNetworkSettings? NetworkSettings { get; init; }

    public IReadOnlyList<MountPoint>? Mounts { get; init; }
}
