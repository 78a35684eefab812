using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>The answer of <c>GET /containers/{id}/json</c>.</summary>
public sealed record ContainerInspect
{
    public string Id { get; set; } = "";

    public string Created { get; set; } = "";

    public string Path { get; set; } = "";

    public IReadOnlyList<string>? Args { get; init; }

    public ContainerState? State { get; init; }

    public string Image { get; set; } = "";

    public string ResolvConfPath { get; set; } = "";

    public string HostnamePath { get; set; } = "";

    public string HostsPath { get; set; } = "";

    public string LogPath { get; set; } = "";

    public string Name { get; set; } = "";

    public int RestartCount { get; init; }

    public string Driver { get; set; } = "";

    public string Platform { get; set; } = "";

    public string MountLabel { get; set; } = "";

    public string ProcessLabel { get; set; } = "";

    public string AppArmorProfile { get; set; } = "";

    [JsonPropertyName("ExecIDs")]
    public IReadOnlyList<string>? ExecIds { get; init; }

    public HostConfig? HostConfig { get; init; }

    public DriverData? GraphDriver { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SizeRw { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SizeRootFs { get; init; }

    public IReadOnlyList<MountPoint>? Mounts { get; init; }

    public ContainerConfig? Config { get; init; }

    public NetworkSettings? NetworkSettings { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OciDescriptor? ImageManifestDescriptor { get; init; }
}
