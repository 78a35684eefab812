using System.Net;
using System.Net.Sockets;

namespace Argosy.Testing;

/// <summary>For programs that cannot be told to take any port and say which.</summary>
public static class Ports
{
    /// <summary>A TCP port that nobody listens on at present.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
