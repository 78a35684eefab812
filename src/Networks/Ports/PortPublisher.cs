using System.Net;
using System.Net.Sockets;
using Argosy.Core;
using Argosy.Linux;

namespace Argosy.Networks;

/// <summary>Turns wanted ports into reserved ones, all or none, with Docker's words for what goes wrong.</summary>
internal sealed class PortPublisher(PortRegistry registry, NetworksOptions options)
{
    /// <summary>Reserves every wanted port.</summary>
    /// <param name="ports">What the user asked for.</param>
    /// <param name="endpoint">Where they will lead.</param>
    /// <param name="bridge">Its network's options: they may name the address to publish at.</param>
    /// <param name="container">For the message.</param>
    internal List<(PublishedPort Port, PortReservation Reservation)> Reserve(IReadOnlyList<PortBindingSpec> ports, Endpoint endpoint, BridgeOptions bridge, string container)
    {
        var reserved = new List<(PublishedPort, PortReservation)>();
        try
        {
            foreach (PortBindingSpec port in ports)
                reserved.Add(Reserve(port, endpoint, bridge));
            return reserved;
        }
        catch (EngineException exception)
        {
            foreach ((_, PortReservation reservation) in reserved)
                reservation.Dispose();
            throw new EngineException(exception.Kind, $"driver failed programming external connectivity on endpoint {container} ({endpoint.Id}): {exception.Message}", exception);
        }
    }

    /// <summary>Refuses what cannot be published, before anything is done.</summary>
    internal static void Validate(PortBindingSpec port)
    {
        if (port.Protocol is not ("tcp" or "udp"))
            throw EngineException.NotImplemented($"publishing {port.Protocol} ports is not supported: {port.ContainerPort}/{port.Protocol}");
        if (port.HostAddress is { AddressFamily: not AddressFamily.InterNetwork })
            throw EngineException.NotImplemented($"publishing on the IPv6 address {port.HostAddress} is not supported: {port.ContainerPort}/{port.Protocol}");
        if (port.ContainerPort == 0)
            throw EngineException.Invalid("invalid container port 0");
        if (port.HostPortEnd != 0 && port.HostPortEnd < port.HostPort)
            throw EngineException.Invalid($"invalid host port range {port.HostPort}-{port.HostPortEnd}");
    }

    private (PublishedPort, PortReservation) Reserve(PortBindingSpec wanted, Endpoint endpoint, BridgeOptions bridge)
    {
        IPAddress address = wanted.HostAddress ?? bridge.PublishAddress ?? options.PublishAddress;
        PortReservation reservation;
        try
        {
            reservation = wanted.HostPort == 0 ? ReserveAny(wanted, address) : ReserveInRange(wanted, address, endpoint);
        }
        catch (LinuxException exception)
        {
            string reason = exception.Error switch
            {
                Errno.AddressNotAvailable => "cannot assign requested address",
                Errno.Access => "permission denied",
                _ => exception.Message,
            };
            throw new EngineException(ErrorKind.Internal, $"failed to bind host port for {Describe(wanted, address, wanted.HostPort, endpoint)}: {reason}", exception);
        }
        return (new PublishedPort(wanted.ContainerPort, wanted.Protocol, address, reservation.Port), reservation);
    }

    private PortReservation ReserveAny(PortBindingSpec wanted, IPAddress address) =>
        registry.TryReserveAny(wanted.Protocol, address)
            ?? throw new EngineException(ErrorKind.Internal, "all ports are allocated");

    private PortReservation ReserveInRange(PortBindingSpec wanted, IPAddress address, Endpoint endpoint)
    {
        var refusal = PortRegistry.Refusal.Allocated;
        for (int port = wanted.HostPort; port <= Math.Max(wanted.HostPort, wanted.HostPortEnd); port++)
            if (registry.TryReserve(wanted.Protocol, address, (ushort)port, out refusal) is { } reservation)
                return reservation;
        if (wanted.HostPortEnd > wanted.HostPort)
            throw new EngineException(ErrorKind.Internal, "all ports are allocated");
        throw new EngineException(ErrorKind.Internal, refusal == PortRegistry.Refusal.Allocated
            ? $"Bind for {address}:{wanted.HostPort} failed: port is already allocated"
            : $"failed to bind host port for {Describe(wanted, address, wanted.HostPort, endpoint)}: address already in use");
    }

    private static string Describe(PortBindingSpec wanted, IPAddress address, ushort port, Endpoint endpoint) =>
        $"{address}:{port}:{endpoint.Address}:{wanted.ContainerPort}/{wanted.Protocol}";
}
