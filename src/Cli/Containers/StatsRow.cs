using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary>One line of <c>argosy stats</c>.</summary>
internal sealed record StatsRow(string Container, string Name, string Id)
{
    public bool IsKnown { get; private init; }

    /// <summary>Percent of one processor.</summary>
    public double Cpu { get; private init; }

    public ulong Memory { get; private init; }

    public ulong MemoryLimit { get; private init; }

    public ulong Received { get; private init; }

    public ulong Sent { get; private init; }

    public ulong BlockRead { get; private init; }

    public ulong BlockWritten { get; private init; }

    public ulong Pids { get; private init; }

    public static StatsRow Empty(string container) => new(container, "--", "--");

    public static StatsRow From(string container, ContainerStats sample, ContainerStats? before)
    {
        IReadOnlyList<BlkioStatEntry> io = sample.BlockIO?.IoServiceBytesRecursive ?? [];
        IEnumerable<NetworkStats> networks = sample.Networks?.Values ?? [];
        return new StatsRow(container, sample.Name.TrimStart('/'), sample.Id)
        {
            IsKnown = true,
            Cpu = CpuPercent(sample.Cpu, sample.PreviousCpu is { SystemUsage: > 0 } previous ? previous : before?.Cpu),
            Memory = MemoryUse(sample.Memory),
            MemoryLimit = sample.Memory?.Limit ?? 0,
            Received = Sum(networks.Select(network => network.RxBytes)),
            Sent = Sum(networks.Select(network => network.TxBytes)),
            BlockRead = Sum(io.Where(entry => entry.Op.Equals("read", StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Value)),
            BlockWritten = Sum(io.Where(entry => entry.Op.Equals("write", StringComparison.OrdinalIgnoreCase)).Select(entry => entry.Value)),
            Pids = sample.Pids?.Current ?? 0,
        };
    }

    /// <summary>The page cache that can be reclaimed does not count as used.</summary>
    private static ulong MemoryUse(MemoryStats? memory)
    {
        if (memory is null)
            return 0;
        IReadOnlyDictionary<string, ulong>? stats = memory.Stats;
        ulong cache = stats is null ? 0 : stats.TryGetValue("total_inactive_file", out ulong v1) ? v1 : stats.GetValueOrDefault("inactive_file");
        return cache < memory.Usage ? memory.Usage - cache : memory.Usage;
    }

    private static double CpuPercent(CpuStats? now, CpuStats? before)
    {
        if (now?.Usage is not { } usage || before?.Usage is not { } earlier)
            return 0;
        double used = usage.Total - (double)earlier.Total;
        double passed = now.SystemUsage - (double)before.SystemUsage;
        int processors = now.OnlineCpus > 0 ? now.OnlineCpus : Math.Max(1, usage.PerCpu?.Count ?? 1);
        return used > 0 && passed > 0 ? used / passed * processors * 100 : 0;
    }

    private static ulong Sum(IEnumerable<ulong> values) => values.Aggregate(0UL, (sum, value) => sum + value);
}
