using Argosy.Core;
using Argosy.Engine.Containers.Model;

namespace Argosy.Engine.Containers;

public sealed partial class ContainerLifecycle
{
    /// <summary>A task that is done with the exit code when the condition holds. It is registered before this returns.</summary>
    public async Task<Task<int>> WaitAsync(string reference, WaitCondition condition, CancellationToken cancellationToken)
    {
        ContainerId id = table.Find(reference).Id;
        using IDisposable held = await table.LockAsync(id, cancellationToken);
        ContainerRecord container = table.Get(id);
        return condition switch
        {
            WaitCondition.Removed => waits.Removed(id),
            WaitCondition.NextExit => waits.NextExit(id),
            _ => container.State.IsAlive || container.State.Status == ContainerStatus.Restarting ? waits.NextExit(id) : Task.FromResult(container.State.ExitCode),
        };
    }

    /// <summary>Connects to a container's streams: now when it runs, at its next start otherwise.</summary>
    public async Task<Task<Runtime.Attachment>> AttachAsync(ContainerId id, CancellationToken cancellationToken)
    {
        using IDisposable held = await table.LockAsync(id, cancellationToken);
        ContainerRecord container = table.Get(id);
        Publish(container, "attach");
        return attachments.AttachAsync(id, container.State.IsAlive, cancellationToken);
    }

    /// <summary>A client has typed the detach keys; the container goes on.</summary>
    public void Detached(ContainerId id)
    {
        if (table.TryGet(id, out ContainerRecord? container))
            Publish(container, "detach");
    }
}
