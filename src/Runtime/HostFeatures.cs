using System.Globalization;

namespace Argosy.Runtime;

/// <summary>Which limits this kernel knows: what it does not is discarded with a warning, as dockerd does.</summary>
public sealed record HostFeatures
{
    private static readonly Lazy<HostFeatures> Here = new(() => Read("/sys/fs/cgroup"));

    /// <summary>Those of this host.</summary>
    public static HostFeatures Current => Here.Value;

    /// <summary>cgroup version 2.</summary>
    public bool IsUnified { get; init; }

    public bool MemoryLimit { get; init; }

    public bool SwapLimit { get; init; }

    public bool MemoryReservation { get; init; }

    public bool Swappiness { get; init; }

    public bool OomKillDisable { get; init; }

    public bool PidsLimit { get; init; }

    public bool CpuShares { get; init; }

    public bool CpuCfs { get; init; }

    public bool CpuRealtime { get; init; }

    public bool Cpuset { get; init; }

    public bool BlkioWeight { get; init; }

    public bool BlkioWeightDevice { get; init; }

    public bool BlkioThrottle { get; init; }

    /// <summary>The CPUs there are, <c>0-3</c>.</summary>
    public string Cpus { get; set; } = "";

    /// <summary>The memory nodes there are, <c>0</c>.</summary>
    public string Mems { get; set; } = "";

    public int CpuCount { get; init; } = Environment.ProcessorCount;

    /// <summary>Reads them from a mounted cgroup tree, of either version.</summary>
    public static HostFeatures Read(string root) =>
        File.Exists(Path.Combine(root, "cgroup.controllers")) ? ReadUnified(root) : ReadSplit(root);

    /// <summary>Parses <c>0-2,7</c>; null when it is no such list.</summary>
    public static IReadOnlySet<int>? ParseList(string text)
    {
        var result = new HashSet<int>();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-');
            if (ends.Length > 2 || !Number(ends[0], out int first) || !Number(ends[^1], out int last) || first > last || last > 8192)
                return null;
            result.UnionWith(Enumerable.Range(first, last - first + 1));
        }
        return result;
    }

    private static bool Number(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static HostFeatures ReadSplit(string root)
    {
        bool Has(string file) => File.Exists(Path.Combine(root, file));
        return new HostFeatures
        {
            MemoryLimit = Has("memory/memory.limit_in_bytes"),
            SwapLimit = Has("memory/memory.memsw.limit_in_bytes"),
            MemoryReservation = Has("memory/memory.soft_limit_in_bytes"),
            Swappiness = Has("memory/memory.swappiness"),
            OomKillDisable = Has("memory/memory.oom_control"),
            PidsLimit = Directory.Exists(Path.Combine(root, "pids")),
            CpuShares = Has("cpu/cpu.shares"),
            CpuCfs = Has("cpu/cpu.cfs_quota_us"),
            CpuRealtime = Has("cpu/cpu.rt_period_us"),
            Cpuset = Has("cpuset/cpuset.cpus"),
            BlkioWeight = Has("blkio/blkio.weight"),
            BlkioWeightDevice = Has("blkio/blkio.weight_device"),
            BlkioThrottle = Has("blkio/blkio.throttle.read_bps_device"),
            Cpus = Line(root, "cpuset/cpuset.cpus"),
            Mems = Line(root, "cpuset/cpuset.mems"),
        };
    }

    private static HostFeatures ReadUnified(string root)
    {
        string[] controllers = Line(root, "cgroup.controllers").Split(' ');
        bool memory = controllers.Contains("memory"), cpu = controllers.Contains("cpu"), io = controllers.Contains("io");
        return new HostFeatures
        {
            IsUnified = true,
            MemoryLimit = memory,
            SwapLimit = memory,
            MemoryReservation = memory,
            PidsLimit = controllers.Contains("pids"),
            CpuShares = cpu,
            CpuCfs = cpu,
            Cpuset = controllers.Contains("cpuset"),
            BlkioWeight = io,
            BlkioWeightDevice = io,
            BlkioThrottle = io,
            Cpus = Line(root, "cpuset.cpus.effective"),
            Mems = Line(root, "cpuset.mems.effective"),
        };
    }

    private static string Line(string root, string file) =>
        File.Exists(Path.Combine(root, file)) ? File.ReadAllText(Path.Combine(root, file)).Trim() : "";
}
