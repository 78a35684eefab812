using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Argosy.Catalog.Dns;

namespace Argosy.Catalog.Tests;

/// <summary>A resolver that says 192.0.2.7 to everything, and remembers what it was asked.</summary>
internal sealed class FakeUpstream : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly Task loop;
    private readonly ConcurrentQueue<string> asked = new();

    private FakeUpstream(Socket socket)
    {
        this.socket = socket;
        loop = ServeAsync();
    }

    internal IEnumerable<string> Asked => asked;

    /// <summary>On the host's loopback, at the port that resolvers have.</summary>
    internal IPAddress Address => ((IPEndPoint)socket.LocalEndPoint!).Address;

    internal static FakeUpstream Start()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(new IPAddress([127, 53, (byte)Random.Shared.Next(1, 255), (byte)Random.Shared.Next(1, 255)]), 53));
        return new FakeUpstream(socket);
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await loop;
    }

    private async Task ServeAsync()
    {
        byte[] buffer = new byte[512], reply = new byte[512];
        try
        {
            while (true)
            {
                SocketReceiveFromResult received = await socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0));
                Assert.True(DnsQuery.TryParse(buffer.AsSpan(0, received.ReceivedBytes), out DnsQuery query, out _));
                asked.Enqueue(query.Name);
                int length = DnsReply.Addresses(buffer, query, [IPAddress.Parse("192.0.2.7")], 0, 512, reply);
                await socket.SendToAsync(reply.AsMemory(0, length), received.RemoteEndPoint);
            }
        }
        catch (SocketException)
        {
        }
        catch (ObjectDisposedException)
        {
        }
    }
}
