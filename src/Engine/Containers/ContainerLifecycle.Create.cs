using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Health;
using Argosy.Images.Content;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;
using Argosy.Networks;

namespace Argosy.Engine.Containers;

public sealed partial class ContainerLifecycle
{
    /// <summary>Makes a container: its name, its writable layer, its volumes, its record. Nothing runs yet.</summary>
    /// <exception cref="EngineException">The image is missing, the name is taken, or the specification is refused.</exception>
    public async Task<ContainerRecord> CreateAsync(ContainerSpecification asked, CancellationToken cancellationToken)
    {
        SpecificationCheck.Check(asked);
        runtime.CheckName(asked.Host.Runtime);
        IReadOnlyList<ContainerLink> linked = links.Resolve(asked);
        CheckJoined(asked.Host);
        ImageRecord image = images.Find(asked.Config.Image);
        ContainerConfig config = ConfigMerger.Merge(asked.Config, ImageDefaults.Of(image));
        if (config is { Cmd: null or { Count: 0 }, Entrypoint: null or { Count: 0 } })
            throw EngineException.Invalid("no command specified");
        HealthActions.Of(config);
        var id = ContainerId.New();

        await using var undo = new Rollback();
        string name = ReserveName(asked.Name, id);
        undo.Add(() => table.ReleaseName(name, id));
        undo.Add(() => snapshots.RemoveAsync(id.Value));
        await snapshots.PrepareAsync(id.Value, image.ChainIds, cancellationToken);
        if (config.Hostname.Length == 0)
            config = config with { Hostname = HostnameOf(asked.Host) ?? id.Short };
        using Leases.Lease lease = mounts.Hold();
        IReadOnlyList<MountPoint> resolved = await mounts.ResolveAsync(id, asked, config, lease, undo, cancellationToken);
        await mounts.FillAsync(id, resolved, () => snapshots.Mount(id.Value), () => snapshots.Unmount(id.Value));
        var record = new ContainerRecord
        {
            Id = id,
            Name = name,
            Created = clock.GetUtcNow(),
            ImageId = image.Id.ToString(),
            Layers = [.. image.ChainIds.Select(chain => chain.ToString())],
            Hidden = asked.Hidden,
            Config = config,
            Host = asked.Host,
            HostConfigJson = asked.HostConfigJson,
            Endpoints = ContainerLinks.OnNetworks(asked, EndpointsOf(asked)),
            Links = linked,
            Mounts = resolved,
            State = new ContainerState { Status = ContainerStatus.Created },
        };
        await table.SaveAsync(record);
        undo.Commit();
        mounts.Recorded(record);
        Publish(record, "create");
        return record;
    }

    /// <summary>With the host's network or host name a container is called as the host is, in another one's network as that is; null for all others.</summary>
    private string? HostnameOf(HostSettings host) =>
        host.UtsMode == "host" || host.NetworkMode == PredefinedNetworks.Host ? Environment.MachineName
        : host.NetworkMode.StartsWith("container:", StringComparison.Ordinal) && table.TryFind(host.NetworkMode["container:".Length..], out ContainerRecord? other)
            ? other.Config.Hostname : null;

    /// <summary>The containers whose namespaces are to be joined exist; whether they run is asked at each start.</summary>
    private void CheckJoined(HostSettings host)
    {
        foreach (string mode in (string[])[host.IpcMode, host.PidMode])
        {
            if (mode.StartsWith("container:", StringComparison.Ordinal) && !table.TryFind(mode["container:".Length..], out _))
                throw EngineException.Invalid($"No such container: {mode["container:".Length..]}");
        }
    }

    private string ReserveName(string? asked, ContainerId id)
    {
        if (asked is not null)
        {
            table.ReserveName(asked, id);
            return asked;
        }
        for (int attempt = 0; attempt < 10; attempt++)
        {
            string name = NameGenerator.Next();
            if (!table.TryFind(name, out _))
            {
                table.ReserveName(name, id);
                return name;
            }
        }
        table.ReserveName(id.Short, id);
        return id.Short;
    }

    /// <summary>The network of the network mode comes first; aliases given with the mode's own name or "default" belong to it.</summary>
    private static IReadOnlyList<EndpointSettings> EndpointsOf(ContainerSpecification asked)
    {
        string mode = asked.Host.NetworkMode is "" or "default" ? "bridge" : asked.Host.NetworkMode;
        if (asked.Config.NetworkDisabled || mode is "host" or "none" || mode.StartsWith("container:", StringComparison.Ordinal))
            return [];
        EndpointSettings? own = asked.Endpoints.FirstOrDefault(endpoint => endpoint.Network == mode || (mode == "bridge" && endpoint.Network == "default"));
        return [own is null ? new EndpointSettings { Network = mode } : own with { Network = mode }, .. asked.Endpoints.Where(endpoint => endpoint != own)];
    }
}
