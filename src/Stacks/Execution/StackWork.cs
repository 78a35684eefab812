using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <summary>
/// One operation on one stack. <paramref name="superseded"/> ends waits (for health, for an exit), never a step in its middle:
/// what was begun is finished, so that a newer operation finds whole things.
/// </summary>
internal sealed partial class StackWork(StackSpec spec, IStackEngine engine, StackFiles files, ProgressLog progress, CancellationToken superseded)
{
    private readonly DependencyWaits waits = new(engine, progress);

    /// <summary>Brings the stack up: images, plan, networks, volumes, containers, starts.</summary>
    internal async Task UpAsync(UpOptions options)
    {
        HashSet<string> selected = DependencyGraph.Selected(spec, options.Services, !options.NoDependencies);
        await new ImageWork(spec, engine, progress, superseded).EnsureAsync(selected, options.Pull);
        StackPlan plan = Planner.Up(spec, Observe(selected), options);
        foreach (string warning in plan.Warnings)
            progress.Warning(warning);
        files.Materialise(spec, selected);
        await CreateResourcesAsync(plan);
        await HandleOrphansAsync(plan, options);
        foreach (ServicePlan service in plan.Services)
            await CreateContainersAsync(service, options);
        if (!options.NoStart)
            await StartAsync(plan.Services, options.NoDependencies, options.Wait);
    }

    /// <summary>After a start of the daemon; see <see cref="Planner.Resume"/>.</summary>
    internal Task ResumeAsync() => StartAsync(Planner.Resume(spec, engine.Containers(spec.Name)), noDependencies: false, wait: false);

    /// <summary>Starts containers that exist.</summary>
    internal Task StartExistingAsync(IReadOnlyList<string> services)
    {
        HashSet<string> selected = DependencyGraph.Selected(spec, services, withDependencies: true);
        IReadOnlyList<ObservedContainer> containers = engine.Containers(spec.Name);
        if (!containers.Any(container => selected.Contains(container.Service)))
            throw EngineException.NotFound($"no container found for project \"{spec.Name}\"");
        return StartAsync([.. DependencyGraph.Ordered(spec).Where(selected.Contains).Select(name => new ServicePlan(name, [.. Planner.Of(containers, name).Select(StepToRun)]))], noDependencies: false, wait: false);
    }

    private static ContainerStep StepToRun(ObservedContainer container) => container.Status is ObservedStatus.Created or ObservedStatus.Exited
        ? new ContainerStep.Start(container.Name, container)
        : new ContainerStep.Keep(container.Name, container);

    private Observed Observe(HashSet<string> selected) => new()
    {
        Containers = engine.Containers(spec.Name),
        Networks = engine.Networks(),
        Volumes = engine.Volumes(),
        Images = selected.Select(name => (name, id: engine.FindImage(ServiceNames.Image(spec, name)))).Where(found => found.id is not null).ToDictionary(found => found.name, found => found.id!),
    };

    private async Task CreateResourcesAsync(StackPlan plan)
    {
        foreach (string key in plan.Networks)
        {
            StackNetwork network = spec.Networks[key];
            progress.Resource("network", network.Name, "Creating");
            await engine.CreateNetworkAsync(network, Labelled(network.Labels, ComposeLabels.Network, key, Planner.HashOf(network)), CancellationToken.None);
            progress.Resource("network", network.Name, "Created");
        }
        foreach (string key in plan.Volumes)
        {
            StackVolume volume = spec.Volumes[key];
            progress.Resource("volume", volume.Name, "Creating");
            await engine.CreateVolumeAsync(volume, Labelled(volume.Labels, ComposeLabels.Volume, key, Planner.HashOf(volume)), CancellationToken.None);
            progress.Resource("volume", volume.Name, "Created");
        }
    }

    private Dictionary<string, string> Labelled(IReadOnlyDictionary<string, string> own, string keyLabel, string key, string hash) => new(own, StringComparer.Ordinal)
    {
        [ComposeLabels.Project] = spec.Name,
        [keyLabel] = key,
        [ComposeLabels.Version] = EngineVersion.Text,
        [ComposeLabels.Settings] = hash,
    };

    private async Task HandleOrphansAsync(StackPlan plan, UpOptions options)
    {
        if (plan.Orphans.Count == 0)
            return;
        if (options.RemoveOrphans)
            await RemoveAllAsync(plan.Orphans, options.TimeoutSeconds, removeAnonymousVolumes: false);
        else
            progress.Warning($"Found orphan containers ([{string.Join(' ', plan.Orphans.Select(container => container.Name))}]) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.");
    }
}
