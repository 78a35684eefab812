using Argosy.Core;
using Argosy.Engine.Containers.Model;

namespace Argosy.Engine.Containers;

public sealed partial class ContainerLifecycle
{
    /// <summary>Freezes all processes of a container.</summary>
    public async Task PauseAsync(string reference, CancellationToken cancellationToken)
    {
        ContainerId id = table.Find(reference).Id;
        using IDisposable held = await table.LockAsync(id, cancellationToken);
        ContainerRecord container = table.Get(id);
        if (container.State.Status == ContainerStatus.Paused)
            throw EngineException.Conflict($"container {id} is already paused");
        if (container.State.Status == ContainerStatus.Restarting)
            throw EngineException.Conflict($"container {id} is restarting, wait until the container is running");
        if (container.State.Status != ContainerStatus.Running)
            throw EngineException.Conflict($"container {id} is not running");
        await runtime.PauseAsync(id, CancellationToken.None);
        ContainerRecord paused = container with { State = container.State with { Status = ContainerStatus.Paused } };
        await table.SaveAsync(paused);
        Publish(paused, "pause");
    }

    /// <summary>Thaws a paused container.</summary>
    public async Task UnpauseAsync(string reference, CancellationToken cancellationToken)
    {
        ContainerId id = table.Find(reference).Id;
        using IDisposable held = await table.LockAsync(id, cancellationToken);
        ContainerRecord container = table.Get(id);
        if (container.State.Status != ContainerStatus.Paused)
            throw EngineException.Conflict($"container {id} is not paused");
        await ResumeLockedAsync(container);
    }

    private async Task ResumeLockedAsync(ContainerRecord container)
    {
        await runtime.ResumeAsync(container.Id, CancellationToken.None);
        ContainerRecord resumed = container with { State = container.State with { Status = ContainerStatus.Running } };
        await table.SaveAsync(resumed);
        Publish(resumed, "unpause");
    }
}
