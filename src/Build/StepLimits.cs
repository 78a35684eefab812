namespace Argosy.Build;

/// <summary>What <c>docker build</c> says of the containers of its steps; null is the engine's default.</summary>
public sealed record StepLimits
{
    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Memory and swap together, bytes; -1 is no bound.</summary>
    public long? MemorySwap { get; init; }

    /// <summary>Relative weight.</summary>
    public long? CpuShares { get; init; }

    /// <summary>Microseconds.</summary>
    public long? CpuPeriod { get; init; }

    /// <summary>Microseconds in each period.</summary>
    public long? CpuQuota { get; init; }

    /// <summary>Processors, as <c>0-3,7</c>.</summary>
    public string? CpusetCpus { get; init; }

    /// <summary>Memory nodes, as <c>0,1</c>.</summary>
    public string? CpusetMems { get; init; }

    /// <summary>The cgroup below which the step's is made.</summary>
    public string? CgroupParent { get; init; }

    /// <summary>Size of /dev/shm in bytes.</summary>
    public long? ShmSize { get; init; }

    /// <summary><c>host:address</c> for /etc/hosts.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>Resource limits of the processes.</summary>
    public IReadOnlyList<StepUlimit> Ulimits { get; init; } = [];
}
