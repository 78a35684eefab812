using System.Globalization;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Runtime;

namespace Argosy.Api.Routes.Containers;

/// <summary>The limits of create and update, already checked: on the wire zero means "not given".</summary>
internal static class ResourceTranslator
{
    internal static ResourceLimits Translate(Resources asked)
    {
        return new ResourceLimits
        {
            Memory = Given(asked.Memory),
            MemorySwap = Given(asked.MemorySwap),
            MemoryReservation = Given(asked.MemoryReservation),
            MemorySwappiness = asked.MemorySwappiness,
            OomKillDisable = asked.OomKillDisable is true ? true : null,
            CpuShares = Given(asked.CpuShares),
            CpuPeriod = Given(asked.CpuPeriod),
            CpuQuota = Given(asked.CpuQuota),
            NanoCpus = Given(asked.NanoCpus),
            CpuRealtimePeriod = Given(asked.CpuRealtimePeriod),
            CpuRealtimeRuntime = Given(asked.CpuRealtimeRuntime),
            CpusetCpus = asked.CpusetCpus.Length > 0 ? asked.CpusetCpus : null,
            CpusetMems = asked.CpusetMems.Length > 0 ? asked.CpusetMems : null,
            PidsLimit = asked.PidsLimit is 0 ? null : asked.PidsLimit,
            BlkioWeight = asked.BlkioWeight > 0 ? (ushort)asked.BlkioWeight : null,
            BlkioWeightDevices = [.. (asked.BlkioWeightDevice ?? []).Select(device => new BlkioWeightDevice(device.Path, (ushort)device.Weight))],
            BlkioThrottles =
            [
                .. Throttles(asked.BlkioDeviceReadBps, BlkioThrottleKind.ReadBps),
                .. Throttles(asked.BlkioDeviceWriteBps, BlkioThrottleKind.WriteBps),
                .. Throttles(asked.BlkioDeviceReadIOps, BlkioThrottleKind.ReadIops),
                .. Throttles(asked.BlkioDeviceWriteIOps, BlkioThrottleKind.WriteIops),
            ],
        };
    }

    /// <summary>Reads a rule such as <c>c 189:* rwm</c>.</summary>
    internal static DeviceRule DeviceRule(string text)
    {
        string[] parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] numbers = parts.Length == 3 ? parts[1].Split(':') : [];
        if (numbers.Length != 2 || parts[0] is not ("a" or "b" or "c") || parts[2].Any(c => c is not ('r' or 'w' or 'm')))
            throw EngineException.Invalid($"invalid device cgroup rule format: '{text}'");
        return new DeviceRule(true, parts[0][0], Number(numbers[0]), Number(numbers[1]), parts[2]);

        long? Number(string part) => part == "*" ? null
            : long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long value) ? value
            : throw EngineException.Invalid($"invalid device cgroup rule format: '{text}'");
    }

    private static long? Given(long value) => value == 0 ? null : value;

    private static IEnumerable<BlkioThrottle> Throttles(IReadOnlyList<ThrottleDevice>? devices, BlkioThrottleKind kind) =>
        (devices ?? []).Select(device => new BlkioThrottle(kind, device.Path, device.Rate));
}
