using System.Net;
using Argosy.Core;

namespace Argosy.Networks.Relay;

/// <summary>A published port that the relay carries.</summary>
/// <param name="Key">Where clients come.</param>
/// <param name="Container">Whose it is.</param>
/// <param name="Address">Where they are led; null while the container is on no network: they are turned away.</param>
/// <param name="Port">The container's port.</param>
internal sealed record RelayPort(RelayKey Key, ContainerId Container, IPAddress? Address, ushort Port)
{
    /// <summary>Those of a container.</summary>
    internal static RelayPort[] Of(Sandbox sandbox)
    {
        // IPv6 where the container has it: a program that listens at one family's address only is found as it is without us.
        IPAddress? target = sandbox.GatewayEndpoint6 is { Driver: "bridge" } endpoint6 ? endpoint6.Address6
            : sandbox.GatewayEndpoint is { Driver: "bridge" } endpoint ? endpoint.Address : null;
        return
        [
            .. from port in sandbox.Ports
               where port.HostPort != 0 && RelayKey.IsRelayed(port.Protocol, port.HostAddress)
               select new RelayPort(new RelayKey(port.Protocol, port.HostAddress, port.HostPort), sandbox.Container, target, port.ContainerPort),
        ];
    }
}
