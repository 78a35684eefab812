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
    /// <param name="targets">Where they will lead.</param>
    /// <param name="container">For the message.</param>
    /// <returns>The ports, and the reservations that hold them; a routed port has none.</returns>
    internal List<(PublishedPort Port, PortReservation? Reservation)> Reserve(IReadOnlyList<PortBindingSpec> ports, PortTargets targets, string container)
    {
        var reserved = new List<(PublishedPort, PortReservation?)>();
        // Internal networks publish nothing, as with Docker.
        if (targets is { Endpoint: null, Endpoint6: null })
            return reserved;
        try
        {
            foreach (PortBindingSpec port in ports)
                reserved.AddRange(Reserve(port, targets));
            return reserved;
        }
        catch (EngineException exception)
        {
            foreach ((_, PortReservation? reservation) in reserved)
                reservation?.Dispose();
            if (exception.Kind == ErrorKind.NotImplemented)
                throw;
            throw new EngineException(exception.Kind, $"driver failed programming external connectivity on endpoint {container} ({targets.Endpoint?.Id ?? ""}): {exception.Message}", exception);
        }
    }

    /// <summary>Refuses what cannot be published, before anything is done.</summary>
    internal static void Validate(PortBindingSpec port)
    {
        if (port.Protocol is not ("tcp" or "udp" or "sctp"))
            throw EngineException.Invalid($"invalid protocol {port.Protocol}: {port.ContainerPort}/{port.Protocol}");
        if (port.ContainerPort == 0)
            throw EngineException.Invalid("invalid container port 0");
        if (port.HostPortEnd != 0 && port.HostPortEnd < port.HostPort)
            throw EngineException.Invalid($"invalid host port range {port.HostPort}-{port.HostPortEnd}");
    }

    /// <summary>One wanted port is one on each family's addresses, and the same number on both.</summary>
    private IEnumerable<(PublishedPort, PortReservation?)> Reserve(PortBindingSpec wanted, PortTargets targets)
    {
        IPAddress[] addresses = [.. Addresses(wanted, targets)];
        IPAddress[] routed = [.. addresses.Where(targets.IsRouted)], translated = [.. addresses.Except(routed)];
        return
        [
            .. routed.Select(address => (new PublishedPort(wanted.ContainerPort, wanted.Protocol, address, 0), (PortReservation?)null)),
            .. translated.Length == 0 ? [] : ReserveTranslated(wanted, translated, targets)
                .Select(reservation => (new PublishedPort(wanted.ContainerPort, wanted.Protocol, reservation.Address, reservation.Port), (PortReservation?)reservation)),
        ];
    }

    private IEnumerable<IPAddress> Addresses(PortBindingSpec wanted, PortTargets targets)
    {
        if (wanted.HostAddress is { } asked)
            return targets.AddressFor(asked, wanted.Protocol) is not null ? [asked]
                : throw EngineException.NotImplemented($"publishing {wanted.ContainerPort}/{wanted.Protocol} at {asked}: the container has no {FamilyName(asked)} address to lead to");
        IPAddress usual = targets.DefaultAddress ?? options.PublishAddress;
        IPAddress[] all = usual.Equals(IPAddress.Any) ? [IPAddress.Any, IPAddress.IPv6Any] : [usual];
        // Where the host itself has no IPv6, nobody comes by it.
        return all.Where(address => targets.AddressFor(address, wanted.Protocol) is not null
            && (address.AddressFamily == AddressFamily.InterNetwork || !targets.NeedsRelay || all.Length == 1 || HostSettings.HasIpv6()));
    }

    private static string FamilyName(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? "IPv4" : "IPv6";

    private PortReservation[] ReserveTranslated(PortBindingSpec wanted, IPAddress[] addresses, PortTargets targets)
    {
        try
        {
            return wanted.HostPort == 0 ? ReserveAny(wanted, addresses) : ReserveInRange(wanted, addresses, targets);
        }
        catch (LinuxException exception) when (exception.Error == Errno.ProtocolNotSupported)
        {
            throw new EngineException(ErrorKind.NotImplemented, $"publishing {wanted.ContainerPort}/{wanted.Protocol}: this kernel has no {wanted.Protocol.ToUpperInvariant()}", exception);
        }
        catch (LinuxException exception)
        {
            string reason = exception.Error switch
            {
                Errno.AddressNotAvailable => "cannot assign requested address",
                Errno.Access => "permission denied",
                _ => exception.Message,
            };
            throw new EngineException(ErrorKind.Internal, $"failed to bind host port for {Describe(wanted, addresses[0], targets)}: {reason}", exception);
        }
    }

    private PortReservation[] ReserveAny(PortBindingSpec wanted, IPAddress[] addresses) =>
        registry.TryReserveAny(wanted.Protocol, addresses) ?? throw new EngineException(ErrorKind.Internal, "all ports are allocated");

    private PortReservation[] ReserveInRange(PortBindingSpec wanted, IPAddress[] addresses, PortTargets targets)
    {
        PortRefusal? refusal = null;
        for (int port = wanted.HostPort; port <= Math.Max(wanted.HostPort, wanted.HostPortEnd); port++)
            if (registry.TryReserve(wanted.Protocol, addresses, (ushort)port, out refusal) is { } reservations)
                return reservations;
        if (wanted.HostPortEnd > wanted.HostPort)
            throw new EngineException(ErrorKind.Internal, "all ports are allocated");
        throw new EngineException(ErrorKind.Internal, refusal!.IsOurs
            ? $"Bind for {Bracketed(refusal.Address)}:{wanted.HostPort} failed: port is already allocated"
            : $"failed to bind host port for {Describe(wanted, refusal.Address, targets)}: address already in use");
    }

    private static string Describe(PortBindingSpec wanted, IPAddress address, PortTargets targets) =>
        $"{Bracketed(address)}:{wanted.HostPort}:{targets.AddressFor(address, wanted.Protocol)}:{wanted.ContainerPort}/{wanted.Protocol}";

    private static string Bracketed(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() : $"[{address}]";
}
