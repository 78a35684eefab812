using System.Net.Sockets;
using System.Text;

namespace Argosy.Daemon;

/// <summary>Tells systemd that the daemon is ready (sd_notify(3)); without systemd there is nobody to tell.</summary>
internal static class ServiceManager
{
    internal static void NotifyReady()
    {
        string? path = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        if (string.IsNullOrEmpty(path))
            return;
        string address = path[0] == '@' ? "\0" + path[1..] : path;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(address));
        socket.Send(Encoding.UTF8.GetBytes("READY=1\nSTATUS=serving"));
    }
}
