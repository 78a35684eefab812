using System.Globalization;
using Argosy.Contract.Containers;
using Argosy.Contract.Stacks;
using Argosy.Core;

namespace Argosy.Stacks.Tests;

/// <summary>
/// An engine in memory. It writes down every change, starts health checks as the test says,
/// and can lose its power before the n-th change: from then on every call fails, as if the daemon were gone.
/// </summary>
public sealed class FakeStackEngine : IStackEngine
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, ObservedContainer> containers = [];
    private readonly Dictionary<string, ContainerCreateRequest> requests = [];
    private readonly Dictionary<string, ObservedResource> networks = [];
    private readonly Dictionary<string, ObservedResource> volumes = [];
    private readonly List<TaskCompletionSource> waiters = [];
    private int nextId;

    public List<string> Log { get; } = [];

    public Dictionary<string, string> Images { get; } = new() { ["busybox"] = "sha256:1", ["redis"] = "sha256:2" };

    /// <summary>Images that a registry has.</summary>
    public HashSet<string> Pullable { get; } = [];

    /// <summary>Changes left before the power goes; null for ever.</summary>
    public int? ChangesLeft { get; set; }

    /// <summary>Called before the first change that fails.</summary>
    public Action OnPowerCut { get; set; } = () => { };

    /// <summary>What a service's container is right after its start.</summary>
    public Func<ObservedContainer, ObservedContainer> OnStart { get; set; } = container => container;

    public ContainerCreateRequest Request(string name) => requests[Find(name).Id];

    public ObservedContainer Find(string name)
    {
        lock (gate)
            return containers.Values.Single(container => container.Name == name);
    }

    public string State()
    {
        lock (gate)
        {
            return string.Join('\n', containers.Values.Select(c => $"{c.Name} {c.Status} {c.Service}#{c.Number} {c.ConfigHash} [{string.Join(',', c.AnonymousVolumes.Values)}]")
                .Concat(networks.Keys.Select(name => "network " + name))
                .Concat(volumes.Keys.Select(name => "volume " + name)).Order(StringComparer.Ordinal));
        }
    }

    /// <summary>A change from outside: health, an exit.</summary>
    public void Set(string name, Func<ObservedContainer, ObservedContainer> change)
    {
        ObservedContainer old = Find(name);
        lock (gate)
            containers[old.Id] = change(old);
        Pulse();
    }

    /// <summary>The host goes down: nothing runs any more.</summary>
    public void Reboot()
    {
        lock (gate)
        {
            foreach ((string id, ObservedContainer container) in containers.Where(entry => entry.Value.Status == ObservedStatus.Running).ToArray())
                containers[id] = container with { Status = ObservedStatus.Exited, ExitCode = 255, Lost = true, Health = ObservedHealth.None };
        }
        Log.Clear();
    }

    public IReadOnlyList<ObservedContainer> Containers(string project) => [.. AllContainers().Where(container => container.Project == project)];

    public IReadOnlyList<ObservedContainer> AllContainers()
    {
        lock (gate)
            return [.. containers.Values];
    }

    public ObservedContainer? Container(string id)
    {
        lock (gate)
            return containers.GetValueOrDefault(id);
    }

    public async Task<ObservedContainer?> WaitUntilAsync(string id, Func<ObservedContainer?, bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (gate)
                waiters.Add(changed);
            if (condition(Container(id)))
                return Container(id);
            await changed.Task.WaitAsync(cancellationToken);
        }
    }

    public IReadOnlyList<ObservedResource> Networks()
    {
        lock (gate)
            return [.. networks.Values];
    }

    public Task CreateNetworkAsync(StackNetwork network, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        Change("network create " + network.Name, () => networks.Add(network.Name, new ObservedResource(network.Name, labels)));

    public Task RemoveNetworkAsync(string name, CancellationToken cancellationToken) => Change("network rm " + name, () =>
    {
        if (containers.Values.Any(container => requests[container.Id].NetworkingConfig!.EndpointsConfig!.ContainsKey(name)))
            throw EngineException.Conflict($"network {name} has active endpoints");
        networks.Remove(name);
    });

    public IReadOnlyList<ObservedResource> Volumes()
    {
        lock (gate)
            return [.. volumes.Values];
    }

    public Task CreateVolumeAsync(StackVolume volume, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        Change("volume create " + volume.Name, () => volumes.Add(volume.Name, new ObservedResource(volume.Name, labels)));

    public Task RemoveVolumeAsync(string name, CancellationToken cancellationToken) => Change("volume rm " + name, () => volumes.Remove(name));

    public string? FindImage(string reference) => Images.GetValueOrDefault(reference);

    public Task PullImageAsync(string reference, string? platform, Action<string> progress, CancellationToken cancellationToken) => Change("pull " + reference, () =>
    {
        if (!Pullable.Contains(reference))
            throw EngineException.NotFound($"pull access denied for {reference}");
        Images[reference] = "sha256:pulled-" + reference;
    });

    public Task RemoveImageAsync(string reference, CancellationToken cancellationToken) => Change("rmi " + reference, () => Images.Remove(reference));

    public async Task<string> CreateContainerAsync(string name, ContainerCreateRequest request, IReadOnlyDictionary<string, string> anonymousVolumes, CancellationToken cancellationToken)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"id{Interlocked.Increment(ref nextId):d10}");
        await Change("create " + name, () =>
        {
            if (containers.Values.Any(container => container.Name == name))
                throw EngineException.Conflict($"The container name \"/{name}\" is already in use");
            var own = new Dictionary<string, string>(anonymousVolumes);
            foreach (Mount mount in request.HostConfig!.Mounts!.Where(mount => mount is { Type: "volume", Source: null }))
                own.TryAdd(mount.Target, "anon-" + id);
            requests[id] = request;
            containers[id] = new ObservedContainer { Id = id, Name = name, Labels = request.Labels!, ImageId = Images[request.Image], AnonymousVolumes = own };
        });
        return id;
    }

    public Task StartAsync(string id, CancellationToken cancellationToken) => Started("start ", id);

    public Task RestartAsync(string id, int? timeoutSeconds, CancellationToken cancellationToken) => Started("restart ", id);

    public Task StopAsync(string id, int? timeoutSeconds, CancellationToken cancellationToken)
    {
        if (Container(id) is not { Status: ObservedStatus.Running })
            return Task.CompletedTask;
        return Change("stop " + Container(id)!.Name, () => containers[id] = containers[id] with { Status = ObservedStatus.Exited, ExitCode = 137, StoppedByUser = true });
    }

    public Task RenameAsync(string id, string name, CancellationToken cancellationToken) =>
        Change("rename " + name, () => containers[id] = containers[id] with { Name = name });

    public Task RemoveAsync(string id, bool removeAnonymousVolumes, CancellationToken cancellationToken) =>
        Container(id) is not { } container ? Task.CompletedTask : Change("rm " + container.Name, () => containers.Remove(id));

    private Task Started(string verb, string id) => Change(verb + Container(id)!.Name, () =>
        containers[id] = OnStart(containers[id] with { Status = ObservedStatus.Running, StoppedByUser = false, Lost = false }));

    private Task Change(string entry, Action change)
    {
        lock (gate)
        {
            if (ChangesLeft is 0)
            {
                OnPowerCut();
                throw new IOException("the power is gone");
            }
            ChangesLeft--;
            change();
            Log.Add(entry);
        }
        Pulse();
        return Task.CompletedTask;
    }

    private void Pulse()
    {
        TaskCompletionSource[] woken;
        lock (gate)
        {
            woken = [.. waiters];
            waiters.Clear();
        }
        foreach (TaskCompletionSource waiter in woken)
            waiter.TrySetResult();
    }
}
