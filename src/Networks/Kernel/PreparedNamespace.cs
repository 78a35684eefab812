using System.Net;
using System.Net.Sockets;
using Argosy.Core;
using Argosy.Linux.Namespaces;
using Argosy.Linux.Netlink;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Networks;

/// <summary>A network namespace with loopback up, and the descriptors to work in it from any thread.</summary>
internal sealed class PreparedNamespace : IDisposable
{
    private PreparedNamespace(string path, SafeFileHandle handle, RouteSocket routes) => (Path, Handle, Routes) = (path, handle, routes);

    internal string Path { get; }

    internal SafeFileHandle Handle { get; }

    /// <summary>Speaks for the namespace.</summary>
    internal RouteSocket Routes { get; }

    internal static PreparedNamespace Create(string path)
    {
        RouteSocket routes = NetworkNamespace.Create(path, () =>
        {
            RouteSocket socket = RouteSocket.Open();
            socket.SetUp("lo");
            // Most endpoints are IPv4 ones: without this each device would spend its first second on IPv6's address detection.
            HostSettings.Write("net/ipv6/conf/default/disable_ipv6", "1");
            return socket;
        });
        return new PreparedNamespace(path, NetworkNamespace.Open(path), routes);
    }

    /// <summary>Opens one that exists.</summary>
    internal static PreparedNamespace Adopt(string path) => new(path, NetworkNamespace.Open(path), NetworkNamespace.Run(path, RouteSocket.Open));

    /// <summary>Sets the endpoint's device up, with its addresses and its own kernel settings, and makes these gateways the default routes.</summary>
    internal void Configure(Endpoint endpoint, IEnumerable<IPAddress> gateways)
    {
        // Settings can be written from within only, by a thread of their own, which most endpoints do without.
        if (endpoint.Address6 is not null)
            NetworkNamespace.Run(Path, () => EnableIpv6(endpoint.InterfaceName));
        Routes.Configure(endpoint.InterfaceName, Addresses(endpoint), endpoint.Neighbours, gateways);
        if (endpoint.Settings.Count > 0)
            NetworkNamespace.Run(Path, () => Apply(endpoint.Settings));
    }

    /// <summary>Opened only where it is needed: IPv6 is off for devices as they come.</summary>
    private static bool EnableIpv6(string device) =>
        HostSettings.Write($"net/ipv6/conf/{device}/accept_dad", "0") && HostSettings.Write($"net/ipv6/conf/{device}/disable_ipv6", "0")
            ? true
            : throw new EngineException(ErrorKind.Internal, "this kernel has no IPv6");

    private static bool Apply(IReadOnlyList<KernelSetting> settings)
    {
        foreach (KernelSetting setting in settings)
        {
            try
            {
                if (!HostSettings.Write(setting.Name, setting.Value))
                    throw EngineException.Invalid($"the kernel setting {setting.Name} does not exist");
            }
            catch (IOException exception)
            {
                throw new EngineException(ErrorKind.InvalidArgument, $"the kernel setting {setting.Name} cannot be {setting.Value}: {exception.Message}", exception);
            }
        }
        return true;
    }

    private static IEnumerable<(IPAddress, int)> Addresses(Endpoint endpoint)
    {
        if (endpoint.Address is { } address)
            yield return (address, endpoint.PrefixLength);
        if (endpoint.Address6 is { } address6)
            yield return (address6, endpoint.PrefixLength6);
        foreach (IPAddress local in endpoint.LinkLocal)
            yield return (local, local.AddressFamily == AddressFamily.InterNetwork ? 16 : 64);
    }

    /// <summary>Closes the descriptors and removes the mount.</summary>
    internal void Delete()
    {
        Dispose();
        NetworkNamespace.Delete(Path);
    }

    /// <summary>Closes the descriptors; the namespace stays.</summary>
    public void Dispose()
    {
        Routes.Dispose();
        Handle.Dispose();
    }
}
