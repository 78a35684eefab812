using System.Globalization;

namespace Argosy.Runtime.Stats;

/// <summary>A container's counters on cgroup version 2: one directory.</summary>
internal sealed class CgroupV2Stats(string directory)
{
    public CpuCounters Cpu()
    {
        Dictionary<string, ulong> stat = CgroupFile.Pairs(directory, "cpu.stat");
        ulong Nanoseconds(string key) => stat.GetValueOrDefault(key) * 1000;
        return new CpuCounters(
            Nanoseconds("usage_usec"), Nanoseconds("user_usec"), Nanoseconds("system_usec"), [],
            stat.GetValueOrDefault("nr_periods"), stat.GetValueOrDefault("nr_throttled"), Nanoseconds("throttled_usec"));
    }

    public MemoryUse Memory(ulong hostMemory) => new(
        CgroupFile.Number(directory, "memory.current"),
        0,
        Math.Min(CgroupFile.Number(directory, "memory.max", hostMemory), hostMemory),
        CgroupFile.Pairs(directory, "memory.events").GetValueOrDefault("oom"),
        CgroupFile.Pairs(directory, "memory.stat"));

    public (ulong Current, ulong Limit) Pids() =>
        (CgroupFile.Number(directory, "pids.current"), CgroupFile.Number(directory, "pids.max", ulong.MaxValue));

    /// <summary>Lines of <c>8:0 rbytes=4096 wbytes=0 rios=1 …</c>.</summary>
    public IReadOnlyList<BlockCounter> BlockBytes()
    {
        var counters = new List<BlockCounter>();
        foreach (string line in CgroupFile.Text(directory, "io.stat").Split('\n'))
        {
            string[] words = line.Split(' ');
            string[] device = words[0].Split(':');
            if (device.Length != 2
                || !ulong.TryParse(device[0], CultureInfo.InvariantCulture, out ulong major)
                || !ulong.TryParse(device[1], CultureInfo.InvariantCulture, out ulong minor))
                continue;
            counters.Add(new BlockCounter(major, minor, "read", Value(words, "rbytes=")));
            counters.Add(new BlockCounter(major, minor, "write", Value(words, "wbytes=")));
        }
        return counters;
    }

    private static ulong Value(string[] words, string key) =>
        words.FirstOrDefault(word => word.StartsWith(key, StringComparison.Ordinal)) is { } word
        && ulong.TryParse(word.AsSpan(key.Length), CultureInfo.InvariantCulture, out ulong value) ? value : 0;
}
