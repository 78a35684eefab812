using System.Net;
using Argosy.Core;

namespace Argosy.Networks;

// Connecting a running container to a network, and disconnecting it.
public sealed partial class NetworkManager
{
    /// <summary>Connects a running container to one more network.</summary>
    /// <exception cref="EngineException">It is not running, is connected already, or the address is taken.</exception>
    public async Task<Endpoint> ConnectAsync(ContainerId id, EndpointSpec spec, CancellationToken cancellationToken)
    {
        using IDisposable held = await containerLocks.AcquireAsync(id, cancellationToken);
        LiveSandbox living = RequireLive(id);
        Sandbox before = living.Snapshot;
        if (before.Endpoints.Any(existing => existing.Network == spec.Network))
            throw new EngineException(ErrorKind.Forbidden, $"endpoint with name {before.ContainerName} already exists in network {Get(spec.Network).Name}");
        await using var undo = new Rollback();
        (NetworkRecord network, Endpoint endpoint) = Plan(spec, before.ContainerName, id, before.Hostname, before.Endpoints.Select(existing => existing.InterfaceName), undo);
        undo.Add(() => DriverOf(endpoint).Detach(endpoint, living.Inside));
        DriverOf(endpoint).Attach(network, endpoint, living.Inside, gateways: []);
        await ChangeAsync(living, before with { Endpoints = [.. before.Endpoints, endpoint] });
        undo.Commit();
        return endpoint;
    }

    /// <summary>Disconnects a running container from a network.</summary>
    /// <exception cref="EngineException">It is not connected to it.</exception>
    public async Task DisconnectAsync(ContainerId id, NetworkId network, CancellationToken cancellationToken)
    {
        using IDisposable held = await containerLocks.AcquireAsync(id, cancellationToken);
        LiveSandbox living = RequireLive(id);
        Sandbox before = living.Snapshot;
        Endpoint endpoint = before.Endpoints.FirstOrDefault(existing => existing.Network == network)
            ?? throw new EngineException(ErrorKind.Internal, $"container {id} is not connected to network {Get(network).Name}");
        await ChangeAsync(living, before with { Endpoints = [.. before.Endpoints.Where(existing => existing != endpoint)] });
        DriverOf(endpoint).Detach(endpoint, living.Inside);
        ReleaseAddresses(endpoint);
    }

    /// <summary>A container's new name resolves from now on, the old one does not; without a network there is nothing to do.</summary>
    public async Task RenameAsync(ContainerId id, string newName, CancellationToken cancellationToken)
    {
        using IDisposable held = await containerLocks.AcquireAsync(id, cancellationToken);
        if (!live.TryGetValue(id, out LiveSandbox? living))
            return;
        Sandbox before = living.Snapshot;
        await ChangeAsync(living, before with
        {
            ContainerName = newName,
            Endpoints = [.. before.Endpoints.Select(endpoint => endpoint with
            {
                DnsNames = endpoint.DnsNames.Count == 0 ? [] : DnsNames(newName, id, before.Hostname, endpoint.Aliases),
            })],
        });
    }

    /// <summary>Moves the default route and the published ports if another endpoint provides the gateway now, and keeps and shows the change.</summary>
    private async Task ChangeAsync(LiveSandbox living, Sandbox after)
    {
        Sandbox before = living.Snapshot;
        MoveRoute(living, before.GatewayEndpoint?.Gateway, after.GatewayEndpoint?.Gateway);
        MoveRoute(living, before.GatewayEndpoint6?.Gateway6, after.GatewayEndpoint6?.Gateway6);
        FirewallPort[] old = Rules(before), wanted = Rules(after);
        if (!old.SequenceEqual(wanted))
            firewall.Replace([.. old.Except(wanted)], [.. wanted.Except(old)]);
        await sandboxes.PutAsync(after.Container.Value, after);
        living.Snapshot = after;
        directory.Put(after);
        foreach (ISandboxService service in services)
            await service.AttachAsync(after);
    }

    private static void MoveRoute(LiveSandbox living, IPAddress? before, IPAddress? after)
    {
        if (Equals(before, after))
            return;
        if (after is not null)
            living.Inside.Routes.SetDefaultRoute(after);
        else
            living.Inside.Routes.DeleteDefaultRoute(before!);
    }

    private LiveSandbox RequireLive(ContainerId id) =>
        live.TryGetValue(id, out LiveSandbox? living) ? living : throw EngineException.Conflict($"container {id} is not running");
}
