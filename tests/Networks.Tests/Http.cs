using System.Net;
using System.Net.Sockets;
using System.Text;
using Argosy.Linux.Namespaces;

namespace Argosy.Networks.Tests;

/// <summary>A GET over a socket of the host's, or of a sandbox's namespace.</summary>
internal static class Http
{
    internal static Task<string> GetAsync(IPAddress? address, int port) => Task.Run(() => Get(address, port));

    internal static Task<string> GetAsync(Sandbox from, IPAddress? address, int port) =>
        Task.Run(() => NetworkNamespace.Run(from.NamespacePath, () => Get(address, port)));

    /// <summary>The body; or the failure's name.</summary>
    internal static string Get(IPAddress? address, int port)
    {
        ArgumentNullException.ThrowIfNull(address);
        try
        {
            // The send timeout is the connection's too: long enough for the kernel to send a first packet again that was lost (1 s, then 2 s).
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 4000, SendTimeout = 4000 };
            socket.Connect(address, port);
            socket.Send("GET / HTTP/1.0\r\n\r\n"u8);
            var answer = new MemoryStream();
            byte[] buffer = new byte[4096];
            for (int size; (size = socket.Receive(buffer)) > 0;)
                answer.Write(buffer, 0, size);
            return Encoding.ASCII.GetString(answer.ToArray()).Split("\r\n\r\n", 2)[1];
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode.ToString();
        }
    }
}
