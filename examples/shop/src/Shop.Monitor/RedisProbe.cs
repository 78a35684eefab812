using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Shop.Monitor;

/// <summary>Sends Redis a PING.</summary>
internal static class RedisProbe
{
    /// <summary>What is wrong; null when it answers PONG.</summary>
    internal static async Task<string?> AskAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endpoint, cancellationToken);
        await socket.SendAsync("PING\r\n"u8.ToArray(), cancellationToken);
        byte[] answer = new byte[64];
        int length = await socket.ReceiveAsync(answer, cancellationToken);
        string text = Encoding.ASCII.GetString(answer, 0, length).Trim();
        return text == "+PONG" ? null : text;
    }
}
