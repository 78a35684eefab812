using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks;

/// <content>Stopping and removing, dependents before what they depend on.</content>
internal sealed partial class StackWork
{
    internal async Task DownAsync(DownOptions options)
    {
        IReadOnlyList<ObservedContainer> all = engine.Containers(spec.Name);
        HashSet<string> known = [.. spec.Services.Keys, .. options.KnownServices];
        bool whole = options.Services.Count == 0;
        ObservedContainer[] doomed = [.. all.Where(container => whole
            ? options.RemoveOrphans || container.IsOneOff || known.Contains(container.Service)
            : options.Services.Contains(container.Service))];
        await InReverseAsync(doomed, container => RemoveOneAsync(container, options.TimeoutSeconds, options.Volumes));
        if (!whole)
            return;
        await RemoveNetworksAsync();
        if (options.Volumes)
            await RemoveVolumesAsync();
        if (options.RemoveImages is not null)
            await RemoveImagesAsync(options.RemoveImages);
        files.Remove(spec.Name);
    }

    internal Task StopAsync(IReadOnlyList<string> services, int? timeoutSeconds)
    {
        HashSet<string> selected = Selected(services);
        return InReverseAsync([.. engine.Containers(spec.Name).Where(container => selected.Contains(container.Service))], async container =>
        {
            progress.Container(container.Service, container.Name, "Stopping");
            await engine.StopAsync(container.Id, timeoutSeconds, CancellationToken.None);
            progress.Container(container.Service, container.Name, "Stopped");
        });
    }

    /// <summary>Restarts the services, and those that asked to be restarted with them.</summary>
    internal async Task RestartAsync(IReadOnlyList<string> services, int? timeoutSeconds)
    {
        HashSet<string> selected = Selected(services);
        foreach (string name in DependencyGraph.Ordered(spec))
        {
            bool follows = spec.Services[name].DependsOn.Any(entry => entry.Value.Restart is true && selected.Contains(entry.Key));
            if (follows)
                selected.Add(name);
            if (!selected.Contains(name))
                continue;
            superseded.ThrowIfCancellationRequested();
            await Task.WhenAll(Planner.Of(engine.Containers(spec.Name), name).Select(container => RestartOneAsync(container, timeoutSeconds)));
        }
    }

    private async Task RestartOneAsync(ObservedContainer container, int? timeoutSeconds)
    {
        progress.Container(container.Service, container.Name, "Restarting");
        await engine.RestartAsync(container.Id, timeoutSeconds, CancellationToken.None);
        progress.Container(container.Service, container.Name, "Started");
    }

    private HashSet<string> Selected(IReadOnlyList<string> services) => DependencyGraph.Selected(spec, services, withDependencies: false);

    /// <summary>A service's containers when those of all services that depend on it are done; services that nobody knows come first.</summary>
    private async Task InReverseAsync(IReadOnlyList<ObservedContainer> containers, Func<ObservedContainer, Task> action)
    {
        ILookup<string, ObservedContainer> byService = containers.ToLookup(container => container.Service);
        await Task.WhenAll(byService.Where(group => !spec.Services.ContainsKey(group.Key)).SelectMany(group => group).Select(action));
        var done = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (string name in DependencyGraph.Ordered(spec).Reverse())
        {
            Task[] dependents = [.. spec.Services.Keys.Where(other => DependencyGraph.Of(spec, other).ContainsKey(name)).Select(other => done.GetValueOrDefault(other, Task.CompletedTask))];
            done[name] = AfterAsync(dependents, byService[name]);
        }
        await Task.WhenAll(done.Values);

        async Task AfterAsync(Task[] dependents, IEnumerable<ObservedContainer> own)
        {
            await Task.WhenAll(dependents);
            await Task.WhenAll(own.Select(action));
        }
    }

    private Task RemoveAllAsync(IEnumerable<ObservedContainer> containers, int? timeoutSeconds, bool removeAnonymousVolumes) =>
        Task.WhenAll(containers.Select(container => RemoveOneAsync(container, timeoutSeconds, removeAnonymousVolumes)));

    private async Task RemoveOneAsync(ObservedContainer container, int? timeoutSeconds, bool removeAnonymousVolumes)
    {
        if (container.Status is ObservedStatus.Running or ObservedStatus.Paused)
        {
            progress.Container(container.Service, container.Name, "Stopping");
            await engine.StopAsync(container.Id, timeoutSeconds, CancellationToken.None);
            progress.Container(container.Service, container.Name, "Stopped");
        }
        progress.Container(container.Service, container.Name, "Removing");
        await engine.RemoveAsync(container.Id, removeAnonymousVolumes, CancellationToken.None);
        progress.Container(container.Service, container.Name, "Removed");
    }

    private async Task RemoveNetworksAsync()
    {
        foreach (ObservedResource network in engine.Networks().Where(network => network.Label(ComposeLabels.Project) == spec.Name))
            await RemoveResourceAsync("network", network.Name, () => engine.RemoveNetworkAsync(network.Name, CancellationToken.None));
    }

    private async Task RemoveVolumesAsync()
    {
        string[] external = [.. spec.Volumes.Values.Where(volume => volume.External is true).Select(volume => volume.Name)];
        foreach (ObservedResource volume in engine.Volumes().Where(volume => volume.Label(ComposeLabels.Project) == spec.Name && !external.Contains(volume.Name)))
            await RemoveResourceAsync("volume", volume.Name, () => engine.RemoveVolumeAsync(volume.Name, CancellationToken.None));
    }

    private async Task RemoveImagesAsync(string which)
    {
        IEnumerable<string> images = spec.Services.Where(entry => which == "all" || entry.Value.Image is null).Select(entry => ServiceNames.Image(spec, entry.Key)).Distinct();
        foreach (string image in images.Where(image => engine.FindImage(image) is not null))
            await RemoveResourceAsync("image", image, () => engine.RemoveImageAsync(image, CancellationToken.None));
    }

    /// <summary>What somebody else still uses stays, and the user is told; that is no failure, as in Docker Compose.</summary>
    private async Task RemoveResourceAsync(string resource, string name, Func<Task> remove)
    {
        progress.Resource(resource, name, "Removing");
        try
        {
            await remove();
            progress.Resource(resource, name, "Removed");
        }
        catch (EngineException exception) when (exception.Kind is ErrorKind.Conflict or ErrorKind.Forbidden)
        {
            progress.Resource(resource, name, "Warning", "Resource is still in use");
        }
        catch (EngineException exception) when (exception.Kind is ErrorKind.NotFound)
        {
            progress.Resource(resource, name, "Removed");
        }
    }
}
