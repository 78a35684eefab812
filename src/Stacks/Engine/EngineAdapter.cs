using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Events;
using Argosy.Engine.Health;
using Argosy.Engine.Images;
using Argosy.Engine.Networks;
using Argosy.Engine.Recovery;
using Argosy.Engine.Volumes;
using Argosy.Images.Records;
using MountPoint = Argosy.Engine.Containers.Model.MountPoint;

namespace Argosy.Stacks;

/// <summary>What stacks need, on the engine's use cases. This file: containers.</summary>
internal sealed partial class EngineAdapter(
    ContainerTable table,
    ContainerLifecycle lifecycle,
    HealthMonitor health,
    InterruptedContainers interrupted,
    NetworkService networks,
    VolumeService volumes,
    ImageStore images,
    ImagePull pull,
    ImageRemoval removal,
    ContainerTranslator translate,
    EventBus events) : IStackEngine
{
    public IReadOnlyList<ObservedContainer> Containers(string project) =>
        [.. Visible().Where(container => container.Config.Labels.GetValueOrDefault(ComposeLabels.Project) == project).Select(Observe)];

    public IReadOnlyList<ObservedContainer> AllContainers() =>
        [.. Visible().Where(container => container.Config.Labels.ContainsKey(ComposeLabels.Project)).Select(Observe)];

    public ObservedContainer? Container(string id) => table.TryGet(new ContainerId(id), out ContainerRecord? container) ? Observe(container) : null;

    public async Task<ObservedContainer?> WaitUntilAsync(string id, Func<ObservedContainer?, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Subscribed first, looked at then: no change falls between.
            using EventBus.Subscription subscription = events.Subscribe(includeHistory: false);
            do
            {
                ObservedContainer? now = Container(id);
                if (condition(now))
                    return now;
            } while (await NextAsync(subscription, id, cancellationToken));
        }
    }

    public async Task<string> CreateContainerAsync(string name, ContainerCreateRequest request, IReadOnlyDictionary<string, string> anonymousVolumes, CancellationToken cancellationToken)
    {
        ContainerSpecification specification = translate(request, name);
        ContainerRecord created = await lifecycle.CreateAsync(specification with { Mounts = WithInherited(specification.Mounts, anonymousVolumes) }, cancellationToken);
        return created.Id.Value;
    }

    public async Task StartAsync(string id, CancellationToken cancellationToken)
    {
        await IgnoringAsync(lifecycle.StartAsync(id, cancellationToken), ErrorKind.NotModified);
        interrupted.Remove(new ContainerId(id));
    }

    public async Task StopAsync(string id, int? timeoutSeconds, CancellationToken cancellationToken)
    {
        interrupted.Remove(new ContainerId(id));
        await IgnoringAsync(lifecycle.StopAsync(id, null, timeoutSeconds, cancellationToken), ErrorKind.NotModified, ErrorKind.NotFound);
    }

    public Task RestartAsync(string id, int? timeoutSeconds, CancellationToken cancellationToken) => lifecycle.RestartAsync(id, null, timeoutSeconds, cancellationToken);

    public Task RenameAsync(string id, string name, CancellationToken cancellationToken) => lifecycle.RenameAsync(id, name, cancellationToken);

    public async Task RemoveAsync(string id, bool removeAnonymousVolumes, CancellationToken cancellationToken)
    {
        interrupted.Remove(new ContainerId(id));
        await IgnoringAsync(lifecycle.RemoveAsync(id, force: true, removeAnonymousVolumes, cancellationToken), ErrorKind.NotFound);
    }

    private IEnumerable<ContainerRecord> Visible() => table.All.Where(container => !container.Hidden);

    private ObservedContainer Observe(ContainerRecord container) => new()
    {
        Id = container.Id.Value,
        Name = container.Name,
        Labels = container.Config.Labels,
        ImageId = container.ImageId,
        Status = container.State.Status switch
        {
            ContainerStatus.Created => ObservedStatus.Created,
            ContainerStatus.Running or ContainerStatus.Restarting => ObservedStatus.Running,
            ContainerStatus.Paused => ObservedStatus.Paused,
            _ => ObservedStatus.Exited,
        },
        Health = HealthOf(container),
        ExitCode = container.State.ExitCode,
        StoppedByUser = container.State.StoppedByUser,
        Lost = interrupted.Contains(container.Id),
        RestartsAlways = container.Host.RestartPolicy.Mode == RestartMode.Always,
        RestartsUnlessStopped = container.Host.RestartPolicy.Mode == RestartMode.UnlessStopped,
        AnonymousVolumes = container.Mounts.Where(mount => mount is { Kind: MountKind.Volume, Anonymous: true }).ToDictionary(mount => mount.Destination, mount => mount.Name),
    };

    /// <summary>Between two restarts the last probe says nothing any more.</summary>
    private ObservedHealth HealthOf(ContainerRecord container)
    {
        if (container.Config.Healthcheck is not { IsEnabled: true })
            return ObservedHealth.None;
        HealthStatus status = container.State.Status == ContainerStatus.Restarting ? HealthStatus.Starting : health.Of(container.Id)?.Status ?? HealthStatus.Starting;
        return status switch
        {
            HealthStatus.Healthy => ObservedHealth.Healthy,
            HealthStatus.Unhealthy => ObservedHealth.Unhealthy,
            _ => ObservedHealth.Starting,
        };
    }

    private static List<MountPoint> WithInherited(IReadOnlyList<MountPoint> mounts, IReadOnlyDictionary<string, string> anonymousVolumes)
    {
        List<MountPoint> result = [.. mounts.Select(mount => mount is { Kind: MountKind.Volume, Anonymous: true } && anonymousVolumes.TryGetValue(mount.Destination, out string? volume) ? mount with { Name = volume } : mount)];
        // Those that the image declares are not in the request.
        foreach ((string destination, string volume) in anonymousVolumes.Where(entry => !mounts.Any(mount => mount.Destination == entry.Key)))
            result.Add(new MountPoint { Kind = MountKind.Volume, Name = volume, Destination = destination, Anonymous = true });
        return result;
    }

    /// <summary>False when the subscription was cut off for falling behind.</summary>
    private static async Task<bool> NextAsync(EventBus.Subscription subscription, string id, CancellationToken cancellationToken)
    {
        while (await subscription.Reader.WaitToReadAsync(cancellationToken))
        {
            bool concerns = false;
            while (subscription.Reader.TryRead(out EngineEvent? happened))
                concerns |= happened.Type == "container" && happened.ActorId == id;
            if (concerns)
                return true;
        }
        return false;
    }

    private static async Task IgnoringAsync(Task work, params ErrorKind[] kinds)
    {
        try
        {
            await work;
        }
        catch (EngineException exception) when (kinds.Contains(exception.Kind))
        {
            // It is as wanted already.
        }
    }
}
