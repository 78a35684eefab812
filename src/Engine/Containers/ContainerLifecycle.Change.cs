using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime;

namespace Argosy.Engine.Containers;

public sealed partial class ContainerLifecycle
{
    /// <summary>Gives a container another name; its old one is free afterwards.</summary>
    public async Task RenameAsync(string reference, string newName, CancellationToken cancellationToken)
    {
        string name = newName.TrimStart('/');
        if (name.Length == 0)
            throw EngineException.Invalid("Neither old nor new names may be empty");
        SpecificationCheck.CheckName(name);
        ContainerId id = table.Find(reference).Id;
        using IDisposable held = await table.LockAsync(id, cancellationToken);
        ContainerRecord container = table.Get(id);
        if (container.Name == name)
            throw EngineException.Invalid("Renaming a container with the same name as its current name");
        await using var undo = new Rollback();
        table.ReserveName(name, id);
        undo.Add(() => table.ReleaseName(name, id));
        ContainerRecord renamed = container with { Name = name };
        await table.SaveAsync(renamed);
        undo.Commit();
        table.ReleaseName(container.Name, id);
        await networks.RenameAsync(id, name, CancellationToken.None);
        Publish(renamed, "rename", ("oldName", "/" + container.Name));
    }

    /// <summary>Changes limits and restart policy, of a running container too.</summary>
    /// <param name="limits">Members that are null stay as they are.</param>
    /// <param name="hostConfigJson">HostConfig as the API shows it from now on, made of the record under the lock.</param>
    public async Task UpdateAsync(string reference, ResourceLimits limits, RestartPolicy? policy, Func<string, string> hostConfigJson, CancellationToken cancellationToken)
    {
        ContainerId id = table.Find(reference).Id;
        using IDisposable held = await table.LockAsync(id, cancellationToken);
        ContainerRecord container = table.Get(id);
        if (container.State.Status is ContainerStatus.Removing or ContainerStatus.Dead)
            throw EngineException.Conflict("container is marked for removal and cannot be \"update\"");
        CheckUpdate(container, limits, policy);
        if (container.State.IsAlive)
            await runtime.UpdateAsync(id, limits, CancellationToken.None);
        ContainerRecord updated = container with
        {
            Host = container.Host with { Resources = Overlay(container.Host.Resources, limits), RestartPolicy = policy ?? container.Host.RestartPolicy },
            HostConfigJson = hostConfigJson(container.HostConfigJson),
        };
        await table.SaveAsync(updated);
        Publish(updated, "update");
    }

    /// <summary>Commits a change of what a container asks of its networks (connect, disconnect).</summary>
    internal async Task ChangeEndpointsAsync(ContainerId id, Func<IReadOnlyList<EndpointSettings>, IReadOnlyList<EndpointSettings>> change, CancellationToken cancellationToken)
    {
        using IDisposable held = await table.LockAsync(id, cancellationToken);
        ContainerRecord container = table.Get(id);
        await table.SaveAsync(container with { Endpoints = change(container.Endpoints) });
    }

    /// <summary>What goes with what the container has already, with dockerd's words.</summary>
    private static void CheckUpdate(ContainerRecord container, ResourceLimits changed, RestartPolicy? policy)
    {
        ResourceLimits old = container.Host.Resources;
        string? conflict =
            container.Host.AutoRemove && policy is not null && policy.Mode != RestartMode.No ? "Restart policy cannot be updated because AutoRemove is enabled for the container"
            : changed.CpuPeriod > 0 && old.NanoCpus > 0 ? "Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set"
            : changed.CpuQuota > 0 && old.NanoCpus > 0 ? "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set"
            : changed.NanoCpus > 0 && old.CpuPeriod > 0 ? "Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set"
            : changed.NanoCpus > 0 && old.CpuQuota > 0 ? "Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set"
            : changed.Memory > (old.MemorySwap ?? old.Memory * 2) && changed.MemorySwap is null && old.MemorySwap is not -1 ? "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time"
            : null;
        if (conflict is not null)
            throw EngineException.Conflict($"Cannot update container {container.Id}: {conflict}");
    }

    private static ResourceLimits Overlay(ResourceLimits old, ResourceLimits changed) => old with
    {
        Memory = changed.Memory ?? old.Memory,
        MemorySwap = changed.MemorySwap ?? old.MemorySwap,
        MemoryReservation = changed.MemoryReservation ?? old.MemoryReservation,
        CpuShares = changed.CpuShares ?? old.CpuShares,
        CpuPeriod = changed.CpuPeriod ?? old.CpuPeriod,
        CpuQuota = changed.CpuQuota ?? old.CpuQuota,
        CpuRealtimePeriod = changed.CpuRealtimePeriod ?? old.CpuRealtimePeriod,
        CpuRealtimeRuntime = changed.CpuRealtimeRuntime ?? old.CpuRealtimeRuntime,
        NanoCpus = changed.NanoCpus ?? old.NanoCpus,
        CpusetCpus = changed.CpusetCpus ?? old.CpusetCpus,
        CpusetMems = changed.CpusetMems ?? old.CpusetMems,
        PidsLimit = changed.PidsLimit ?? old.PidsLimit,
        BlkioWeight = changed.BlkioWeight ?? old.BlkioWeight,
    };
}
