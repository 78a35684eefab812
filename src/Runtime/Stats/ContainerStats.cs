namespace Argosy.Runtime.Stats;

/// <summary>What a container uses, at one moment; counters run from its start.</summary>
public sealed record ContainerStats
{
    public required CpuCounters Cpu { get; init; }

    /// <summary>Processor time of the whole host, nanoseconds.</summary>
    public required ulong SystemCpu { get; init; }

    public required int OnlineCpus { get; init; }

    public required MemoryUse Memory { get; init; }

    /// <summary>Processes and threads now.</summary>
    public ulong Pids { get; init; }

    /// <summary>How many there may be; as Docker has it, "unlimited" is 0 on cgroup v1 and the largest number on v2.</summary>
    public ulong PidsLimit { get; init; }

    /// <summary>Bytes read and written, by device.</summary>
    public IReadOnlyList<BlockCounter> BlockBytes { get; init; } = [];

    /// <summary>Operations, by device; cgroup v1 only, as with Docker.</summary>
    public IReadOnlyList<BlockCounter> BlockOperations { get; init; } = [];

    /// <summary>By interface in the container's network namespace, without lo.</summary>
    public IReadOnlyDictionary<string, InterfaceCounters> Networks { get; init; } = new Dictionary<string, InterfaceCounters>();
}
