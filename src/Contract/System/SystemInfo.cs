using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>The answer of <c>GET /info</c>.</summary>
public sealed record SystemInfo
{
    [JsonPropertyName("ID")]
    public string Id { get; set; } = "";

    public int Containers { get; init; }

    public int ContainersRunning { get; init; }

    public int ContainersPaused { get; init; }

    public int ContainersStopped { get; init; }

    public int Images { get; init; }

    public string Driver { get; set; } = "";

    public IReadOnlyList<IReadOnlyList<string>>? DriverStatus { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<IReadOnlyList<string>>? SystemStatus { get; init; }

    public PluginsInfo? Plugins { get; init; }

    public bool MemoryLimit { get; init; }

    public bool SwapLimit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KernelMemory { get; init; }

    [JsonPropertyName("KernelMemoryTCP")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool KernelMemoryTcp { get; init; }

    public bool CpuCfsPeriod { get; init; }

    public bool CpuCfsQuota { get; init; }

    [JsonPropertyName("CPUShares")]
    public bool CpuShares { get; init; }

    [JsonPropertyName("CPUSet")]
    public bool CpuSet { get; init; }

    public bool PidsLimit { get; init; }

    public bool IPv4Forwarding { get; init; }

    public bool Debug { get; init; }

    public int NFd { get; init; }

    public bool OomKillDisable { get; init; }

    public int NGoroutines { get; init; }

    public string SystemTime { get; set; } = "";

    public string LoggingDriver { get; set; } = "";

    public string CgroupDriver { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CgroupVersion { get; init; }

    public int NEventsListener { get; init; }

    public string KernelVersion { get; set; } = "";

    public string OperatingSystem { get; set; } = "";

    public string OSVersion { get; set; } = "";

    public string OSType { get; set; } = "";

    public string Architecture { get; set; } = "";

    public string IndexServerAddress { get; set; } = "";

    public RegistryServiceConfig? RegistryConfig { get; init; }

    [JsonPropertyName("NCPU")]
    public int NCpu { get; init; }

    public long MemTotal { get; init; }

    public JsonElement? GenericResources { get; init; }

    public string DockerRootDir { get; set; } = "";

    public string HttpProxy { get; set; } = "";

    public string HttpsProxy { get; set; } = "";

    public string NoProxy { get; set; } = "";

    public string Name { get; set; } = "";

    public IReadOnlyList<string>? Labels { get; init; }

    public bool ExperimentalBuild { get; init; }

    public string ServerVersion { get; set; } = "";

    public IReadOnlyDictionary<string, RuntimeInfo>? Runtimes { get; init; }

    public string DefaultRuntime { get; set; } = "";

    public SwarmInfo? Swarm { get; init; }

    public bool LiveRestoreEnabled { get; init; }

    public string Isolation { get; set; } = "";

    public string InitBinary { get; set; } = "";

    public CommitInfo? ContainerdCommit { get; init; }

    public CommitInfo? RuncCommit { get; init; }

    public CommitInfo? InitCommit { get; init; }

    public IReadOnlyList<string>? SecurityOptions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ProductLicense { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AddressPool>? DefaultAddressPools { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FirewallInfo? FirewallBackend { get; init; }

    [JsonPropertyName("CDISpecDirs")]
    public IReadOnlyList<string>? CdiSpecDirs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<DeviceInfo>? DiscoveredDevices { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ContainerdInfo? Containerd { get; init; }

    public IReadOnlyList<string>? Warnings { get; init; }
}
