using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>What a container may use of its host; 0 or null: no limit or the engine's default.</summary>
public record Resources
{
    public long CpuShares { get; init; }

    public long Memory { get; init; }

    public long NanoCpus { get; init; }

    public string CgroupParent { get; set; } = "";

    public int BlkioWeight { get; init; }

    public IReadOnlyList<WeightDevice>? BlkioWeightDevice { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadBps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteBps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceReadIOps { get; init; }

    public IReadOnlyList<ThrottleDevice>? BlkioDeviceWriteIOps { get; init; }

    public long CpuPeriod { get; init; }

    public long CpuQuota { get; init; }

    public long CpuRealtimePeriod { get; init; }

    public long CpuRealtimeRuntime { get; init; }

    public string CpusetCpus { get; set; } = "";

    public string CpusetMems { get; set; } = "";

    public IReadOnlyList<DeviceMapping>? Devices { get; init; }

    public IReadOnlyList<string>? DeviceCgroupRules { get; init; }

    public IReadOnlyList<DeviceRequest>? DeviceRequests { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long KernelMemory { get; init; }

    [JsonPropertyName("KernelMemoryTCP")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long KernelMemoryTcp { get; init; }

    public long MemoryReservation { get; init; }

    public long MemorySwap { get; init; }

    public long? MemorySwappiness { get; init; }

    public bool? OomKillDisable { get; init; }

    public long? PidsLimit { get; init; }

    public IReadOnlyList<Ulimit>? Ulimits { get; init; }

    public long CpuCount { get; init; }

    public long CpuPercent { get; init; }

    public long IOMaximumIOps { get; init; }

    public long IOMaximumBandwidth { get; init; }
}
