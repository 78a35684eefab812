using System.Globalization;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Runtime;

namespace Argosy.Api.Routes.Containers.Rules;

/// <summary>
/// dockerd's checks of limits, at create and at update: what is out of range is refused, what the kernel does not know is discarded with a
/// warning, and inspect shows what is left (moby, verifyPlatformContainerResources).
/// </summary>
internal sealed class ResourceRules(HostFeatures host, List<string> warnings)
{
    private const long LeastMemory = 6 << 20;

    /// <summary>The limits as they will be kept.</summary>
    /// <param name="asked">A HostConfig or an update; the answer is of the same type.</param>
    /// <param name="isUpdate">Zero leaves a value as it is then.</param>
    internal T Apply<T>(T asked, bool isUpdate) where T : Resources
    {
        Resources limits = asked;
        limits = Memory(limits, isUpdate);
        limits = Oom(limits);
        limits = Cpu(limits);
        limits = Cpuset(limits);
        limits = BlockIo(limits);
        return (T)limits;
    }

    private Resources Memory(Resources asked, bool isUpdate)
    {
        if (asked.MemorySwappiness is -1)
            asked = asked with { MemorySwappiness = null };
        Require(asked.Memory is 0 or >= LeastMemory, "Minimum memory limit allowed is 6MB");
        if (Unknown(asked.Memory > 0 && !host.MemoryLimit, "Your kernel does not support memory limit capabilities or the cgroup is not mounted. Limitation discarded."))
            asked = asked with { Memory = 0, MemorySwap = -1 };
        if (Unknown(asked.Memory > 0 && asked.MemorySwap != -1 && !host.SwapLimit, "Your kernel does not support swap limit capabilities or the cgroup is not mounted. Memory limited without swap."))
            asked = asked with { MemorySwap = -1 };
        Require(asked is not { Memory: > 0, MemorySwap: > 0 } || asked.MemorySwap >= asked.Memory, "Minimum memoryswap limit should be larger than memory limit, see usage");
        Require(isUpdate || asked is not { Memory: 0, MemorySwap: > 0 }, "You should always set the Memory limit when using Memoryswap limit, see usage");
        if (Unknown(asked.MemorySwappiness is not null && !host.Swappiness, "Your kernel does not support memory swappiness capabilities or the cgroup is not mounted. Memory swappiness discarded."))
            asked = asked with { MemorySwappiness = null };
        Require(asked.MemorySwappiness is null or (>= 0 and <= 100), $"Invalid value: {asked.MemorySwappiness}, valid memory swappiness range is 0-100");
        if (Unknown(asked.MemoryReservation > 0 && !host.MemoryReservation, "Your kernel does not support memory soft limit capabilities or the cgroup is not mounted. Limitation discarded."))
            asked = asked with { MemoryReservation = 0 };
        Require(asked.MemoryReservation is <= 0 or >= LeastMemory, "Minimum memory reservation allowed is 6MB");
        Require(asked is not { Memory: > 0, MemoryReservation: > 0 } || asked.Memory >= asked.MemoryReservation, "Minimum memory limit can not be less than memory reservation limit, see usage");
        return KernelMemory(asked);
    }

    /// <summary>Gone from the kernel since 5.16; clients before API 1.42 may still ask.</summary>
    private Resources KernelMemory(Resources asked)
    {
        Require(asked.KernelMemory is <= 0 or >= LeastMemory, "Minimum kernel memory limit allowed is 6MB");
        if (Unknown(asked.KernelMemory > 0, "Your kernel does not support kernel memory limit capabilities or the cgroup is not mounted. Limitation discarded."))
            asked = asked with { KernelMemory = 0 };
        return Unknown(asked.KernelMemoryTcp > 0, "Your kernel does not support kernel memory TCP limit capabilities or the cgroup is not mounted. Limitation discarded.")
            ? asked with { KernelMemoryTcp = 0 } : asked;
    }

    private Resources Oom(Resources asked)
    {
        if (asked.OomKillDisable is not null && !host.OomKillDisable)
        {
            Unknown(asked.OomKillDisable.Value, "Your kernel does not support OomKillDisable. OomKillDisable discarded.");
            asked = asked with { OomKillDisable = null };
        }
        if (asked is { OomKillDisable: true, Memory: 0 })
            warnings.Add("OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.");
        if (asked.PidsLimit is null || host.PidsLimit)
            return asked;
        Unknown(asked.PidsLimit > 0, "Your kernel does not support PIDs limit capabilities or the cgroup is not mounted. PIDs limit discarded.");
        return asked with { PidsLimit = null };
    }

    private Resources Cpu(Resources asked)
    {
        Require(asked is not { NanoCpus: > 0, CpuPeriod: > 0 }, "Conflicting options: Nano CPUs and CPU Period cannot both be set");
        Require(asked is not { NanoCpus: > 0, CpuQuota: > 0 }, "Conflicting options: Nano CPUs and CPU Quota cannot both be set");
        Require(asked.NanoCpus <= 0 || host.CpuCfs, "NanoCPUs can not be set, as your kernel does not support CPU CFS scheduler or the cgroup is not mounted");
        Require(asked.NanoCpus >= 0 && asked.NanoCpus <= host.CpuCount * 1_000_000_000L,
            string.Create(CultureInfo.InvariantCulture, $"range of CPUs is from 0.01 to {host.CpuCount}.00, as there are only {host.CpuCount} CPUs available"));
        if (Unknown(asked.CpuShares > 0 && !host.CpuShares, "Your kernel does not support CPU shares or the cgroup is not mounted. Shares discarded."))
            asked = asked with { CpuShares = 0 };
        if (Unknown((asked.CpuPeriod != 0 || asked.CpuQuota != 0) && !host.CpuCfs, "Your kernel does not support CPU CFS scheduler. CPU period/quota discarded."))
            asked = asked with { CpuPeriod = 0, CpuQuota = 0 };
        Require(asked.CpuPeriod is 0 or (>= 1000 and <= 1_000_000), "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)");
        Require(asked.CpuQuota is <= 0 or >= 1000, "CPU cfs quota can not be less than 1ms (i.e. 1000)");
        Require(asked is { CpuRealtimePeriod: 0, CpuRealtimeRuntime: 0 } || host.CpuRealtime, "Your kernel does not support CPU real-time scheduler");
        Require(asked is { CpuRealtimePeriod: 0 } or { CpuRealtimeRuntime: 0 } || asked.CpuRealtimeRuntime <= asked.CpuRealtimePeriod, "cpu real-time runtime cannot be higher than cpu real-time period");
        return Unknown(asked.CpuPercent > 0, "linux does not support CPU percent. Percent discarded.") ? asked with { CpuPercent = 0 } : asked;
    }

    private Resources Cpuset(Resources asked)
    {
        if (Unknown((asked.CpusetCpus.Length > 0 || asked.CpusetMems.Length > 0) && !host.Cpuset, "Your kernel does not support cpuset or the cgroup is not mounted. Cpuset discarded."))
            return asked with { CpusetCpus = "", CpusetMems = "" };
        RequireAmong(asked.CpusetCpus, host.Cpus, "cpuset cpus", "CPUs");
        RequireAmong(asked.CpusetMems, host.Mems, "cpuset mems", "memory nodes");
        return asked;
    }

    private static void RequireAmong(string asked, string available, string kind, string things)
    {
        if (asked.Length == 0)
            return;
        IReadOnlySet<int> wanted = HostFeatures.ParseList(asked) ?? throw EngineException.Invalid($"Invalid value {asked} for {kind}: invalid format: {asked}");
        Require(HostFeatures.ParseList(available) is not { } there || there.IsSupersetOf(wanted), $"Requested {things} are not available - requested {asked}, available: {available}");
    }

    private Resources BlockIo(Resources asked)
    {
        if (Unknown(asked.BlkioWeight > 0 && !host.BlkioWeight, "Your kernel does not support Block I/O weight or the cgroup is not mounted. Weight discarded."))
            asked = asked with { BlkioWeight = 0 };
        Require(asked.BlkioWeight is 0 or (>= 10 and <= 1000), "Range of blkio weight is from 10 to 1000");
        Require(asked.IOMaximumBandwidth == 0, "invalid QoS settings: linux does not support configuration of maximum bandwidth (IOMaximumBandwidth)");
        Require(asked.IOMaximumIOps == 0, "invalid QoS settings: linux does not support configuration of maximum IOPs (IOMaximumIOps)");
        if (Unknown(asked.BlkioWeightDevice is { Count: > 0 } && !host.BlkioWeightDevice, "Your kernel does not support Block I/O weight_device or the cgroup is not mounted. Weight-device discarded."))
            asked = asked with { BlkioWeightDevice = [] };
        if (host.BlkioThrottle)
            return asked;
        Unknown(asked.BlkioDeviceReadBps is { Count: > 0 }, "Your kernel does not support BPS Block I/O read limit or the cgroup is not mounted. Block I/O BPS read limit discarded.");
        Unknown(asked.BlkioDeviceWriteBps is { Count: > 0 }, "Your kernel does not support BPS Block I/O write limit or the cgroup is not mounted. Block I/O BPS write limit discarded.");
        Unknown(asked.BlkioDeviceReadIOps is { Count: > 0 }, "Your kernel does not support IOPS Block read limit or the cgroup is not mounted. Block I/O IOPS read limit discarded.");
        Unknown(asked.BlkioDeviceWriteIOps is { Count: > 0 }, "Your kernel does not support IOPS Block write limit or the cgroup is not mounted. Block I/O IOPS write limit discarded.");
        return asked with { BlkioDeviceReadBps = [], BlkioDeviceWriteBps = [], BlkioDeviceReadIOps = [], BlkioDeviceWriteIOps = [] };
    }

    /// <summary>Warns when something is asked for that this kernel does not know.</summary>
    private bool Unknown(bool isSo, string warning)
    {
        if (isSo)
            warnings.Add(warning);
        return isSo;
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
            throw EngineException.Invalid(message);
    }
}
