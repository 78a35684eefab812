using Argosy.Contract.Json;
using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>How a container is tied to its host.</summary>
public sealed record HostConfig : Resources
{
    public IReadOnlyList<string>? Binds { get; init; }

    [JsonPropertyName("ContainerIDFile")]
    public string ContainerIdFile { get; set; } = "";

    public LogConfig? LogConfig { get; init; }

    public string NetworkMode { get; set; } = "";

    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? PortBindings { get; init; }

    public RestartPolicy? RestartPolicy { get; init; }

    public bool AutoRemove { get; init; }

    public string VolumeDriver { get; set; } = "";

    public IReadOnlyList<string>? VolumesFrom { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Mount>? Mounts { get; init; }

    public IReadOnlyList<int>? ConsoleSize { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    [JsonConverter(typeof(StringOrArrayConverter))]
    public IReadOnlyList<string>? CapAdd { get; init; }

    [JsonConverter(typeof(StringOrArrayConverter))]
    public IReadOnlyList<string>? CapDrop { get; init; }

    public string CgroupnsMode { get; set; } = "";

    public IReadOnlyList<string>? Dns { get; init; }

    public IReadOnlyList<string>? DnsOptions { get; init; }

    public IReadOnlyList<string>? DnsSearch { get; init; }

    public IReadOnlyList<string>? ExtraHosts { get; init; }

    public IReadOnlyList<string>? GroupAdd { get; init; }

    public string IpcMode { get; set; } = "";

    public string Cgroup { get; set; } = "";

    public IReadOnlyList<string>? Links { get; init; }

    public int OomScoreAdj { get; init; }

    public string PidMode { get; set; } = "";

    public bool Privileged { get; init; }

    public bool PublishAllPorts { get; init; }

    public bool ReadonlyRootfs { get; init; }

    public IReadOnlyList<string>? SecurityOpt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? StorageOpt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    [JsonPropertyName("UTSMode")]
    public string UtsMode { get; set; } = "";

    public string UsernsMode { get; set; } = "";

    public long ShmSize { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Runtime { get; init; }

    public string Isolation { get; set; } = "";

    public IReadOnlyList<string>? MaskedPaths { get; init; }

    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Init { get; init; }
}
