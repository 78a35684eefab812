using Argosy.Api.Http;
using Argosy.Contract.Containers;
using Argosy.Core;

namespace Argosy.Api.Routes.Containers.Rules;

/// <summary>
/// What an update may change. dockerd takes the whole of Resources and ignores what it cannot change in a container that exists;
/// here that is refused by name.
/// </summary>
internal static class UpdateRules
{
    internal static ContainerUpdateRequest Apply(ContainerUpdateRequest asked, ApiVersion version, ResourceRules rules)
    {
        foreach ((string field, bool isGiven) in Fixed(asked))
        {
            if (isGiven)
                throw EngineException.NotImplemented($"{field} of a container cannot be updated: make a new container");
        }
        if (version >= new ApiVersion(1, 42))
            asked = asked with { KernelMemory = 0 };
        if (version < new ApiVersion(1, 40))
            asked = asked with { PidsLimit = null };
        // "No limit" has to be told from "not given": -1 says it to the runtime.
        if (asked.PidsLimit is 0 or < -1)
            asked = asked with { PidsLimit = -1 };
        return rules.Apply(asked, isUpdate: true);
    }

    private static IEnumerable<(string Field, bool IsGiven)> Fixed(ContainerUpdateRequest asked)
    {
        yield return ("CgroupParent", asked.CgroupParent.Length > 0);
        yield return ("BlkioWeightDevice", asked.BlkioWeightDevice is { Count: > 0 });
        yield return ("BlkioDeviceReadBps", asked.BlkioDeviceReadBps is { Count: > 0 });
        yield return ("BlkioDeviceWriteBps", asked.BlkioDeviceWriteBps is { Count: > 0 });
        yield return ("BlkioDeviceReadIOps", asked.BlkioDeviceReadIOps is { Count: > 0 });
        yield return ("BlkioDeviceWriteIOps", asked.BlkioDeviceWriteIOps is { Count: > 0 });
        yield return ("Devices", asked.Devices is { Count: > 0 });
        yield return ("DeviceCgroupRules", asked.DeviceCgroupRules is { Count: > 0 });
        yield return ("DeviceRequests", asked.DeviceRequests is { Count: > 0 });
        yield return ("MemorySwappiness", asked.MemorySwappiness is not (null or -1));
        yield return ("OomKillDisable", asked.OomKillDisable is true);
        yield return ("Ulimits", asked.Ulimits is { Count: > 0 });
        yield return ("CpuCount", asked.CpuCount != 0);
        yield return ("Init", asked.Init is not null);
    }
}
