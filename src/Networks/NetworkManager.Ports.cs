using Argosy.Core;

namespace Argosy.Networks;

// Published ports of a running container, changed while it runs.
public sealed partial class NetworkManager
{
    /// <summary>Publishes some ports of a running container and takes others back, in one transaction; its other ports answer all the time.</summary>
    /// <param name="id">The container.</param>
    /// <param name="removed">Those to take back.</param>
    /// <param name="added">Those to publish.</param>
    /// <param name="cancellationToken">Ends waiting for the container's lock, not the change.</param>
    /// <exception cref="EngineException">It is not running, or a port is taken; then nothing is changed.</exception>
    public async Task<Sandbox> ChangePortsAsync(ContainerId id, IReadOnlyCollection<PublishedPort> removed, IReadOnlyList<PortBindingSpec> added, CancellationToken cancellationToken)
    {
        foreach (PortBindingSpec port in added)
            PortPublisher.Validate(port);
        using IDisposable held = await containerLocks.AcquireAsync(id, cancellationToken);
        LiveSandbox living = RequireLive(id);
        Sandbox before = living.Snapshot;
        PortTargets targets = Targets(before.Endpoints);
        if (added.Count > 0 && targets is { Endpoint: null, Endpoint6: null })
            throw EngineException.Conflict($"container {id} has no network with a way out: it can publish no port");
        await using var undo = new Rollback();
        // The old holds go first: a port may come back with another one of the container's behind it.
        PortReservation[] given = [.. living.Reservations.Where(reservation => removed.Any(port => IsOf(reservation, port)))];
        foreach (PortReservation reservation in given)
        {
            living.Reservations.Remove(reservation);
            reservation.Dispose();
        }
        undo.Add(() => living.Reservations.AddRange(before.Ports.Where(removed.Contains).Where(port => port.HostPort != 0).Select(port => ports.Adopt(port, out _))));
        var reserved = publisher.Reserve(added, targets, before.ContainerName);
        PortReservation[] holds = [.. reserved.Select(pair => pair.Reservation).OfType<PortReservation>()];
        foreach (PortReservation hold in holds)
            undo.Add(hold.Dispose);
        Sandbox after = before with { Ports = [.. before.Ports.Where(port => !removed.Contains(port)), .. reserved.Select(pair => pair.Port)] };
        await ChangeAsync(living, after);
        living.Reservations.AddRange(holds);
        undo.Commit();
        return after;
    }

    private static bool IsOf(PortReservation reservation, PublishedPort port) =>
        reservation.Port == port.HostPort && reservation.Protocol == port.Protocol && reservation.Address.Equals(port.HostAddress);
}
