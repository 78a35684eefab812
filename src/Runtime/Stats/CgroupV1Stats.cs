using System.Globalization;

namespace Argosy.Runtime.Stats;

/// <summary>A container's counters on cgroup version 1: a directory in each controller's hierarchy.</summary>
internal sealed class CgroupV1Stats(string root, string path)
{
    public CpuCounters Cpu()
    {
        string account = Of("cpuacct");
        Dictionary<string, ulong> stat = CgroupFile.Pairs(Of("cpu"), "cpu.stat");
        return new CpuCounters(
            CgroupFile.Number(account, "cpuacct.usage"),
            CgroupFile.Number(account, "cpuacct.usage_user"),
            CgroupFile.Number(account, "cpuacct.usage_sys"),
            CgroupFile.Numbers(account, "cpuacct.usage_percpu"),
            stat.GetValueOrDefault("nr_periods"),
            stat.GetValueOrDefault("nr_throttled"),
            stat.GetValueOrDefault("throttled_time"));
    }

    public MemoryUse Memory(ulong hostMemory)
    {
        string memory = Of("memory");
        return new MemoryUse(
            CgroupFile.Number(memory, "memory.usage_in_bytes"),
            CgroupFile.Number(memory, "memory.max_usage_in_bytes"),
            Math.Min(CgroupFile.Number(memory, "memory.limit_in_bytes", hostMemory), hostMemory),
            CgroupFile.Number(memory, "memory.failcnt"),
            CgroupFile.Pairs(memory, "memory.stat"));
    }

    public (ulong Current, ulong Limit) Pids() => (CgroupFile.Number(Of("pids"), "pids.current"), CgroupFile.Number(Of("pids"), "pids.max"));

    public IReadOnlyList<BlockCounter> BlockBytes() => Block("blkio.throttle.io_service_bytes_recursive", "blkio.throttle.io_service_bytes");

    public IReadOnlyList<BlockCounter> BlockOperations() => Block("blkio.throttle.io_serviced_recursive", "blkio.throttle.io_serviced");

    /// <summary>Lines of <c>8:0 Read 4096</c>; the sum at the end has no device.</summary>
    private List<BlockCounter> Block(params string[] names)
    {
        string text = names.Select(name => CgroupFile.Text(Of("blkio"), name)).FirstOrDefault(found => found.Length > 0) ?? "";
        var counters = new List<BlockCounter>();
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split([' ', ':']);
            if (words.Length == 4
                && ulong.TryParse(words[0], CultureInfo.InvariantCulture, out ulong major)
                && ulong.TryParse(words[1], CultureInfo.InvariantCulture, out ulong minor)
                && ulong.TryParse(words[3], CultureInfo.InvariantCulture, out ulong value))
                counters.Add(new BlockCounter(major, minor, words[2], value));
        }
        return counters;
    }

    /// <summary>Controllers may be mounted together: "cpu,cpuacct".</summary>
    private string Of(string controller)
    {
        string alone = Path.Combine(root, controller);
        if (Directory.Exists(alone))
            return Path.Combine(alone, path);
        string? shared = Directory.Exists(root) ? Directory.EnumerateDirectories(root).FirstOrDefault(name => Path.GetFileName(name).Split(',').Contains(controller)) : null;
        return Path.Combine(shared ?? alone, path);
    }
}
