using System.Text.Json;
using Argosy.Contract.Containers;

namespace Argosy.Api.Routes.Containers;

/// <summary>Applies an update to the HostConfig that inspect shows; on the wire zero means "not given".</summary>
internal static class HostConfigUpdate
{
    internal static string Apply(string json, ContainerUpdateRequest asked)
    {
        HostConfig host = JsonSerializer.Deserialize(json, ContainersJson.Default.HostConfig)!;
        HostConfig updated = host with
        {
            RestartPolicy = asked.RestartPolicy is { Name.Length: > 0 } ? asked.RestartPolicy : host.RestartPolicy,
            Memory = Pick(asked.Memory, host.Memory),
            MemorySwap = Pick(asked.MemorySwap, host.MemorySwap),
            MemoryReservation = Pick(asked.MemoryReservation, host.MemoryReservation),
            CpuShares = Pick(asked.CpuShares, host.CpuShares),
            CpuPeriod = Pick(asked.CpuPeriod, host.CpuPeriod),
            CpuQuota = Pick(asked.CpuQuota, host.CpuQuota),
            NanoCpus = Pick(asked.NanoCpus, host.NanoCpus),
            CpuRealtimePeriod = Pick(asked.CpuRealtimePeriod, host.CpuRealtimePeriod),
            CpuRealtimeRuntime = Pick(asked.CpuRealtimeRuntime, host.CpuRealtimeRuntime),
            CpusetCpus = asked.CpusetCpus.Length > 0 ? asked.CpusetCpus : host.CpusetCpus,
            CpusetMems = asked.CpusetMems.Length > 0 ? asked.CpusetMems : host.CpusetMems,
            PidsLimit = asked.PidsLimit ?? host.PidsLimit,
            BlkioWeight = asked.BlkioWeight != 0 ? asked.BlkioWeight : host.BlkioWeight,
        };
        return JsonSerializer.Serialize(updated, ContainersJson.Default.HostConfig);
    }

    private static long Pick(long asked, long current) => asked != 0 ? asked : current;
}
