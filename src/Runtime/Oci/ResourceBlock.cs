using Argosy.Linux.Processes;

namespace Argosy.Runtime.Oci;

/// <summary>Converts limits as the Engine API has them to the OCI runtime's, as Docker does.</summary>
internal static class ResourceBlock
{
    private const long NanoCpuPeriod = 100_000;

    public static OciResources Build(ResourceLimits limits) => new()
    {
        Memory = Memory(limits),
        Cpu = Cpu(limits),
        Pids = limits.PidsLimit is { } pids ? new OciPids(pids <= 0 ? -1 : pids) : null,
        BlockIo = BlockIo(limits),
    };

    private static OciMemory? Memory(ResourceLimits limits)
    {
        long? limit = NullIfZero(limits.Memory);
        // Docker's rule: memory without a word on swap gives as much swap as memory.
        long? swap = NullIfZero(limits.MemorySwap) ?? (limit > 0 ? limit * 2 : null);
        long? swappiness = limits.MemorySwappiness is >= 0 ? limits.MemorySwappiness : null;
        bool? noOomKiller = limits.OomKillDisable == true ? true : null;
        long? reservation = NullIfZero(limits.MemoryReservation);
        return limit is null && swap is null && swappiness is null && noOomKiller is null && reservation is null
            ? null
            : new OciMemory(limit, reservation, swap, swappiness, noOomKiller);
    }

    private static OciCpu? Cpu(ResourceLimits limits)
    {
        bool nano = limits.NanoCpus is > 0;
        long? period = nano ? NanoCpuPeriod : NullIfZero(limits.CpuPeriod);
        long? quota = nano ? limits.NanoCpus * NanoCpuPeriod / 1_000_000_000 : NullIfZero(limits.CpuQuota);
        var cpu = new OciCpu(
            NullIfZero(limits.CpuShares), quota, period,
            NullIfZero(limits.CpuRealtimeRuntime), NullIfZero(limits.CpuRealtimePeriod),
            NullIfEmpty(limits.CpusetCpus), NullIfEmpty(limits.CpusetMems));
        return cpu == new OciCpu(null, null, null, null, null, null, null) ? null : cpu;
    }

    private static OciBlockIo? BlockIo(ResourceLimits limits)
    {
        ushort? weight = limits.BlkioWeight is > 0 ? limits.BlkioWeight : null;
        if (weight is null && limits.BlkioWeightDevices.Count == 0 && limits.BlkioThrottles.Count == 0)
            return null;
        return new OciBlockIo
        {
            Weight = weight,
            WeightDevice = limits.BlkioWeightDevices.Count == 0 ? null : [.. limits.BlkioWeightDevices.Select(Weight)],
            ThrottleReadBpsDevice = Throttles(limits, BlkioThrottleKind.ReadBps),
            ThrottleWriteBpsDevice = Throttles(limits, BlkioThrottleKind.WriteBps),
            ThrottleReadIopsDevice = Throttles(limits, BlkioThrottleKind.ReadIops),
            ThrottleWriteIopsDevice = Throttles(limits, BlkioThrottleKind.WriteIops),
        };
    }

    private static OciWeightDevice Weight(BlkioWeightDevice device)
    {
        DeviceNode node = DeviceNode.Read(device.Path);
        return new OciWeightDevice(node.Major, node.Minor, device.Weight);
    }

    private static List<OciThrottleDevice>? Throttles(ResourceLimits limits, BlkioThrottleKind kind)
    {
        List<OciThrottleDevice> list = [.. limits.BlkioThrottles.Where(throttle => throttle.Kind == kind).Select(Throttle)];
        return list.Count == 0 ? null : list;
    }

    private static OciThrottleDevice Throttle(BlkioThrottle throttle)
    {
        DeviceNode node = DeviceNode.Read(throttle.Path);
        return new OciThrottleDevice(node.Major, node.Minor, throttle.Rate);
    }

    private static long? NullIfZero(long? value) => value is null or 0 ? null : value;

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
