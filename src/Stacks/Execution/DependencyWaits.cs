using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <summary>Waits until a dependency's containers are what a condition asks for. The words of a failure are Docker Compose's.</summary>
internal sealed class DependencyWaits(IStackEngine engine, ProgressLog progress)
{
    /// <exception cref="EngineException">The condition cannot come true any more.</exception>
    internal async Task WaitAsync(string service, StackDependency dependency, IReadOnlyList<ObservedContainer> containers, CancellationToken cancellationToken)
    {
        foreach (ObservedContainer container in containers)
        {
            switch (dependency.Condition)
            {
                case StackDependency.Healthy:
                    await HealthyAsync(service, container, cancellationToken);
                    break;
                case StackDependency.Completed:
                    await CompletedAsync(service, container, cancellationToken);
                    break;
            }
        }
    }

    /// <summary>Healthy; or running, where there is no health check.</summary>
    internal async Task RunningOrHealthyAsync(string service, ObservedContainer container, CancellationToken cancellationToken)
    {
        ObservedContainer? now = engine.Container(container.Id);
        if (now is { Status: ObservedStatus.Running, Health: ObservedHealth.None })
            return;
        // A container that did its work and ended well has not failed, as long as it has no health to be asked for.
        if (now is not { Status: ObservedStatus.Exited, Health: ObservedHealth.None, ExitCode: 0 })
            await HealthyAsync(service, container, cancellationToken);
    }

    private async Task HealthyAsync(string service, ObservedContainer container, CancellationToken cancellationToken)
    {
        if (engine.Container(container.Id) is { Status: ObservedStatus.Running, Health: ObservedHealth.None })
            throw Failed($"container {container.Name} has no healthcheck configured");
        progress.Container(service, container.Name, "Waiting");
        ObservedContainer? end = await engine.WaitUntilAsync(container.Id, IsDecided, cancellationToken);
        if (end is not { Status: ObservedStatus.Running, Health: ObservedHealth.Healthy })
        {
            string reason = end is null ? "was removed" : end.Status == ObservedStatus.Running ? "is unhealthy" : $"exited ({end.ExitCode})";
            progress.Container(service, container.Name, "Error", $"container {container.Name} {reason}");
            throw Failed($"container {container.Name} {reason}");
        }
        progress.Container(service, container.Name, "Healthy");
    }

    private async Task CompletedAsync(string service, ObservedContainer container, CancellationToken cancellationToken)
    {
        progress.Container(service, container.Name, "Waiting");
        ObservedContainer? end = await engine.WaitUntilAsync(container.Id, now => now is null or { Status: ObservedStatus.Exited }, cancellationToken);
        if (end is not { ExitCode: 0 })
        {
            string reason = end is null ? "was removed" : $"exit {end.ExitCode}";
            progress.Container(service, container.Name, "Error", reason);
            throw new EngineException(ErrorKind.Conflict, $"service \"{service}\" didn't complete successfully: {reason}");
        }
        progress.Container(service, container.Name, "Exited");
    }

    private static bool IsDecided(ObservedContainer? now) =>
        now is null or { Status: ObservedStatus.Exited or ObservedStatus.Created } or { Health: ObservedHealth.Healthy or ObservedHealth.Unhealthy };

    private static EngineException Failed(string reason) => new(ErrorKind.Conflict, "dependency failed to start: " + reason);
}
