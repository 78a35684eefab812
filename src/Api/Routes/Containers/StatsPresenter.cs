using Argosy.Contract.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime.Stats;
using ContainerStats = Argosy.Runtime.Stats.ContainerStats;

namespace Argosy.Api.Routes.Containers;

/// <summary>A container's figures as the API shows them.</summary>
internal static class StatsPresenter
{
    /// <param name="now">Null for a container that does not run: Docker shows its name and zeros.</param>
    /// <param name="before">The reading before, from which clients make percentages; null for the first.</param>
    internal static Contract.Containers.ContainerStats Show(ContainerRecord container, (ContainerStats Stats, DateTimeOffset At)? now, (ContainerStats Stats, DateTimeOffset At)? before) => new()
    {
        Name = "/" + container.Name,
        Id = container.Id.Value,
        Read = now?.At ?? default,
        PreviousRead = before?.At ?? default,
        Pids = now is { } pids ? new PidsStats { Current = pids.Stats.Pids, Limit = pids.Stats.PidsLimit } : new PidsStats(),
        BlockIO = now is { } blocks ? Blocks(blocks.Stats) : new BlkioStats(),
        Storage = new StorageStats(),
        Cpu = Cpu(now?.Stats),
        PreviousCpu = Cpu(before?.Stats),
        Memory = now is { } memory ? Memory(memory.Stats.Memory) : new MemoryStats(),
        Networks = now?.Stats.Networks.ToDictionary(entry => entry.Key, entry => Network(entry.Value)),
    };

    private static CpuStats Cpu(ContainerStats? stats) => stats is null
        ? new CpuStats { Usage = new CpuUsage(), Throttling = new ThrottlingData() }
        : new CpuStats
        {
            Usage = new CpuUsage { Total = stats.Cpu.Total, PerCpu = stats.Cpu.PerCpu.Count > 0 ? stats.Cpu.PerCpu : null, InKernelMode = stats.Cpu.Kernel, InUserMode = stats.Cpu.User },
            SystemUsage = stats.SystemCpu,
            OnlineCpus = stats.OnlineCpus,
            Throttling = new ThrottlingData { Periods = stats.Cpu.Periods, ThrottledPeriods = stats.Cpu.ThrottledPeriods, ThrottledTime = stats.Cpu.ThrottledTime },
        };

    private static MemoryStats Memory(MemoryUse memory) =>
        new() { Usage = memory.Usage, MaxUsage = memory.MaxUsage, Limit = memory.Limit, Failcnt = memory.FailCount, Stats = memory.Details };

    private static NetworkStats Network(InterfaceCounters counters) => new()
    {
        RxBytes = counters.ReceivedBytes,
        RxPackets = counters.ReceivedPackets,
        RxErrors = counters.ReceivedErrors,
        RxDropped = counters.ReceivedDropped,
        TxBytes = counters.SentBytes,
        TxPackets = counters.SentPackets,
        TxErrors = counters.SentErrors,
        TxDropped = counters.SentDropped,
    };

    private static BlkioStats Blocks(ContainerStats stats) => new()
    {
        IoServiceBytesRecursive = Entries(stats.BlockBytes),
        IoServicedRecursive = stats.BlockOperations.Count > 0 ? Entries(stats.BlockOperations) : null,
    };

    private static IReadOnlyList<BlkioStatEntry> Entries(IReadOnlyList<BlockCounter> counters) =>
        [.. counters.Select(counter => new BlkioStatEntry { Major = counter.Major, Minor = counter.Minor, Op = counter.Operation, Value = counter.Value })];
}
