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
            // Endpoints are IPv4 ones: without this each device would spend its first second on IPv6's address detection.
            HostSettings.Write("net/ipv6/conf/default/disable_ipv6", "1");
            return socket;
        });
        return new PreparedNamespace(path, NetworkNamespace.Open(path), routes);
    }

    /// <summary>Opens one that exists.</summary>
    internal static PreparedNamespace Adopt(string path) => new(path, NetworkNamespace.Open(path), NetworkNamespace.Run(path, RouteSocket.Open));

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
