using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Syntax;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers.Options;

/// <summary>What the container may use.</summary>
internal sealed class ResourceFlags
{
    private readonly Option<string?> memory = Bytes("--memory", "Memory limit", "-m");
    private readonly Option<string?> memoryReservation = Bytes("--memory-reservation", "Memory soft limit");
    private readonly Option<string?> memorySwap = Bytes("--memory-swap", "Swap limit equal to memory plus swap: '-1' to enable unlimited swap");
    private readonly Option<long?> swappiness = Flag.Long("--memory-swappiness", "Tune container memory swappiness (0 to 100) (default -1)");
    private readonly Option<string?> kernelMemory = Bytes("--kernel-memory", "Kernel memory limit");
    private readonly Option<string?> cpus = Flag.Text("--cpus", "decimal", "Number of CPUs", []);
    private readonly Option<long?> cpuShares = Flag.Long("--cpu-shares", "CPU shares (relative weight)", "-c");
    private readonly Option<long?> cpuPeriod = Flag.Long("--cpu-period", "Limit CPU CFS (Completely Fair Scheduler) period");
    private readonly Option<long?> cpuQuota = Flag.Long("--cpu-quota", "Limit CPU CFS (Completely Fair Scheduler) quota");
    private readonly Option<long?> realtimePeriod = Flag.Long("--cpu-rt-period", "Limit CPU real-time period in microseconds");
    private readonly Option<long?> realtimeRuntime = Flag.Long("--cpu-rt-runtime", "Limit CPU real-time runtime in microseconds");
    private readonly Option<string?> cpusetCpus = Flag.Text("--cpuset-cpus", "CPUs in which to allow execution (0-3, 0,1)");
    private readonly Option<string?> cpusetMems = Flag.Text("--cpuset-mems", "MEMs in which to allow execution (0-3, 0,1)");
    private readonly Option<long?> pidsLimit = Flag.Long("--pids-limit", "Tune container pids limit (set -1 for unlimited)");
    private readonly Option<string[]> ulimits = Flag.List("--ulimit", "ulimit", "Ulimit options (default [])", []);
    private readonly Option<string?> shmSize = Bytes("--shm-size", "Size of /dev/shm");
    private readonly Option<bool> oomKillDisable = Flag.Bool("--oom-kill-disable", "Disable OOM Killer");
    private readonly Option<int?> oomScoreAdj = Flag.Int("--oom-score-adj", "Tune host's OOM preferences (-1000 to 1000)");
    private readonly Option<int?> blkioWeight = Flag.Int("--blkio-weight", "Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)");
    private readonly Option<string[]> blkioWeightDevice = Flag.List("--blkio-weight-device", "Block IO weight (relative device weight)");
    private readonly Option<string[]> readBps = Flag.List("--device-read-bps", "Limit read rate (bytes per second) from a device");
    private readonly Option<string[]> writeBps = Flag.List("--device-write-bps", "Limit write rate (bytes per second) to a device");
    private readonly Option<string[]> readIops = Flag.List("--device-read-iops", "Limit read rate (IO per second) from a device");
    private readonly Option<string[]> writeIops = Flag.List("--device-write-iops", "Limit write rate (IO per second) to a device");
    private readonly Option<string?> cgroupParent = Flag.Text("--cgroup-parent", "Optional parent cgroup for the container");

    public IReadOnlyList<Option> All =>
    [
        memory, memoryReservation, memorySwap, swappiness, kernelMemory, cpus, cpuShares, cpuPeriod, cpuQuota, realtimePeriod, realtimeRuntime,
        cpusetCpus, cpusetMems, pidsLimit, ulimits, shmSize, oomKillDisable, oomScoreAdj, blkioWeight, blkioWeightDevice,
        readBps, writeBps, readIops, writeIops, cgroupParent,
    ];

    public HostConfig ToHostConfig(Invocation line) => new()
    {
        Memory = line.Read(memory, ByteSize.Parse, 0),
        MemoryReservation = line.Read(memoryReservation, ByteSize.Parse, 0),
        MemorySwap = line.Read(memorySwap, HostSyntax.ParseSwap, 0),
        MemorySwappiness = line.Get(swappiness) is { } value and not -1 ? value : null,
        KernelMemory = line.Read(kernelMemory, ByteSize.Parse, 0),
        NanoCpus = line.Read(cpus, HostSyntax.ParseCpus, 0),
        CpuShares = line.Get(cpuShares) ?? 0,
        CpuPeriod = line.Get(cpuPeriod) ?? 0,
        CpuQuota = line.Get(cpuQuota) ?? 0,
        CpuRealtimePeriod = line.Get(realtimePeriod) ?? 0,
        CpuRealtimeRuntime = line.Get(realtimeRuntime) ?? 0,
        CpusetCpus = line.Get(cpusetCpus) ?? "",
        CpusetMems = line.Get(cpusetMems) ?? "",
        PidsLimit = line.Get(pidsLimit),
        Ulimits = line.ReadAll(ulimits, HostSyntax.ParseUlimit) is { Count: > 0 } limits ? limits : null,
        ShmSize = line.Read(shmSize, ByteSize.Parse, 0),
        OomKillDisable = line.Has(oomKillDisable) ? line.Get(oomKillDisable) : null,
        OomScoreAdj = line.Get(oomScoreAdj) ?? 0,
        BlkioWeight = line.Get(blkioWeight) ?? 0,
        BlkioWeightDevice = NonEmpty(line.ReadAll(blkioWeightDevice, HostSyntax.ParseWeight)),
        BlkioDeviceReadBps = NonEmpty(line.ReadAll(readBps, text => HostSyntax.ParseRate(text, isBytes: true))),
        BlkioDeviceWriteBps = NonEmpty(line.ReadAll(writeBps, text => HostSyntax.ParseRate(text, isBytes: true))),
        BlkioDeviceReadIOps = NonEmpty(line.ReadAll(readIops, text => HostSyntax.ParseRate(text, isBytes: false))),
        BlkioDeviceWriteIOps = NonEmpty(line.ReadAll(writeIops, text => HostSyntax.ParseRate(text, isBytes: false))),
        CgroupParent = line.Get(cgroupParent) ?? "",
    };

    private static IReadOnlyList<T>? NonEmpty<T>(IReadOnlyList<T> list) => list.Count > 0 ? list : null;

    private static Option<string?> Bytes(string name, string description, params string[] aliases) => Flag.Text(name, "bytes", description, aliases);
}
