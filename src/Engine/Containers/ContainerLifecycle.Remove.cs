using Argosy.Core;
using Argosy.Engine.Containers.Model;

namespace Argosy.Engine.Containers;

public sealed partial class ContainerLifecycle
{
    private const int RemovalAttempts = 3;

    /// <summary>Removes a container with its writable layer and log.</summary>
    /// <param name="force">Kill it first when it runs.</param>
    /// <param name="removeVolumes">Its anonymous volumes go with it.</param>
    public async Task RemoveAsync(string reference, bool force, bool removeVolumes, CancellationToken cancellationToken)
    {
        ContainerRecord found = table.Find(reference);
        for (int attempt = 0; attempt < RemovalAttempts; attempt++)
        {
            if (force && table.TryGet(found.Id, out ContainerRecord? current) && current.State.IsAlive)
                await KillForRemovalAsync(found.Id, cancellationToken);
            using IDisposable held = await table.LockAsync(found.Id, cancellationToken);
            if (!table.TryGet(found.Id, out ContainerRecord? container))
                return; // AutoRemove was faster
            // A start that was under way has come between the kill and the lock: once more.
            if (force && container.State.IsAlive && attempt < RemovalAttempts - 1)
                continue;
            CheckRemovable(container, reference, force);
            CancelScheduledRestart(container.Id);
            await RemoveLockedAsync(container, removeVolumes);
            return;
        }
    }

    /// <summary>
    /// "Removing" is committed first: a crash anywhere behind it ends in the removal's completion at the next start, never in half a container.
    /// </summary>
    internal async Task RemoveLockedAsync(ContainerRecord container, bool removeVolumes)
    {
        if (container.State.Status != ContainerStatus.Removing)
        {
            container = container with { State = container.State with { Status = ContainerStatus.Removing } };
            await table.SaveAsync(container);
        }
        attachments.FailPending(container.Id);
        await snapshots.RemoveAsync(container.Id.Value);
        await table.DeleteAsync(container);
        if (removeVolumes)
            await mounts.RemoveAnonymousAsync(container);
        Publish(container, "destroy");
        scheduled.TryRemove(container.Id, out _);
        waits.OnRemoved(container.Id, container.State.ExitCode);
    }

    /// <summary>Removes a link by its name, <c>parent/alias</c>; the containers stay.</summary>
    public async Task RemoveLinkAsync(string reference, CancellationToken cancellationToken)
    {
        ContainerRecord child = table.Find(reference);
        string[] parts = reference.Trim('/').Split('/');
        if (parts.Length != 2)
            throw EngineException.Conflict("Conflict, cannot remove the default link name of the container");
        ContainerId parent = table.Find(parts[0]).Id;
        using IDisposable held = await table.LockAsync(parent, cancellationToken);
        ContainerRecord current = table.Get(parent);
        await table.SaveAsync(current with { Links = [.. current.Links.Where(link => link.Container != child.Id.Value || link.Alias != parts[1])] });
    }

    private async Task KillForRemovalAsync(ContainerId id, CancellationToken cancellationToken)
    {
        Task<int> exited = waits.NextExit(id);
        try
        {
            await KillAsync(id.Value, "SIGKILL", cancellationToken);
        }
        catch (EngineException exception) when (exception.Kind is ErrorKind.Conflict or ErrorKind.NotFound)
        {
            // It ended by itself meanwhile; until that is recorded it counts as running, and is not removed.
            if (table.TryGet(id, out ContainerRecord? container) && container.State.IsAlive)
                await EndsWithinAsync(exited, KillPatience);
        }
    }

    private static void CheckRemovable(ContainerRecord container, string reference, bool force)
    {
        switch (container.State.Status)
        {
            case ContainerStatus.Running:
                throw EngineException.Conflict($"cannot remove container \"/{container.Name}\": container is running: stop the container before removing or force remove");
            case ContainerStatus.Restarting when !force:
                throw EngineException.Conflict($"cannot remove container \"/{container.Name}\": container is restarting: stop the container before removing or force remove");
            case ContainerStatus.Paused:
                throw EngineException.Conflict($"cannot remove container \"/{container.Name}\": container is paused and must be unpaused first");
            case ContainerStatus.Removing:
                throw EngineException.Conflict($"removal of container {reference} is already in progress");
            default:
                return;
        }
    }
}
