using System.Net;
using System.Net.Sockets;

namespace Argosy.SystemTests;

/// <summary>A name server on the host's loopback that says the same address to every question.</summary>
internal sealed class StubResolver : IAsyncDisposable
{
    internal const string Answer = "192.0.2.7";

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Task loop;

    private StubResolver()
    {
        socket.Bind(new IPEndPoint(new IPAddress([127, 54, (byte)Random.Shared.Next(1, 255), (byte)Random.Shared.Next(1, 255)]), 53));
        loop = ServeAsync();
    }

    internal string Address => ((IPEndPoint)socket.LocalEndPoint!).Address.ToString();

    internal static StubResolver Start() => new();

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await loop;
    }

    private async Task ServeAsync()
    {
        byte[] buffer = new byte[512];
        try
        {
            while (true)
            {
                SocketReceiveFromResult received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                await socket.SendToAsync(Reply(buffer.AsSpan(0, received.ReceivedBytes)), received.RemoteEndPoint);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
        }
    }

    /// <summary>The question's header and question with one A record behind; RFC 1035, 4.1.</summary>
    private static byte[] Reply(ReadOnlySpan<byte> question)
    {
        int end = question[12..].IndexOf((byte)0) + 12 + 5;
        byte[] head = [question[0], question[1], 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0];
        byte[] record = [0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. IPAddress.Parse(Answer).GetAddressBytes()];
        return [.. head, .. question[12..end], .. record];
    }
}
