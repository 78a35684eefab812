namespace Argosy.Runtime;

/// <summary>Limits as the Engine API has them; null is "no limit" on create and "leave as it is" on update.</summary>
public sealed record ResourceLimits
{
    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Bytes of memory and swap together; -1 is unlimited swap. Null with <see cref="Memory"/> set is twice the memory, as Docker has it.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>Soft limit, bytes.</summary>
    public long? MemoryReservation { get; init; }

    /// <summary>0–100; cgroup v1 only.</summary>
    public long? MemorySwappiness { get; init; }

    public bool? OomKillDisable { get; init; }

    /// <summary>Relative weight, 2–262144; 1024 is the default.</summary>
    public long? CpuShares { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuPeriod { get; init; }

    /// <summary>Microseconds per period.</summary>
    public long? CpuQuota { get; init; }

    /// <summary>CPUs × 10⁹; excludes period and quota.</summary>
    public long? NanoCpus { get; init; }

    /// <summary>Microseconds; cgroup v1 only.</summary>
    public long? CpuRealtimePeriod { get; init; }

    /// <summary>Microseconds; cgroup v1 only.</summary>
    public long? CpuRealtimeRuntime { get; init; }

    /// <summary><c>0-2,4</c>.</summary>
    public string? CpusetCpus { get; init; }

    /// <summary><c>0,1</c>.</summary>
    public string? CpusetMems { get; init; }

    /// <summary>-1 is unlimited.</summary>
    public long? PidsLimit { get; init; }

    /// <summary>10–1000.</summary>
    public ushort? BlkioWeight { get; init; }

    public IReadOnlyList<BlkioWeightDevice> BlkioWeightDevices { get; init; } = [];

    public IReadOnlyList<BlkioThrottle> BlkioThrottles { get; init; } = [];
}
