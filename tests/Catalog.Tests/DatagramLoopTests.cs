using System.Net;
using System.Net.Sockets;
using Argosy.Catalog.Dns;
using Argosy.Linux.Sockets;

namespace Argosy.Catalog.Tests;

public sealed class DatagramLoopTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly DatagramLoop loop = new();
    private readonly List<Socket> sockets = [];

    private Socket Bound()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        sockets.Add(socket);
        return socket;
    }

    private Socket ConnectedTo(Socket server)
    {
        Socket client = Bound();
        client.Connect(server.LocalEndPoint!);
        return client;
    }

    public void Dispose()
    {
        loop.Dispose();
        sockets.ForEach(socket => socket.Dispose());
    }

    /// <summary>Answers each datagram with its bytes and one more; one that begins with 0 has no answer.</summary>
    private static void Echo(DatagramBatch batch, byte mark)
    {
        for (int index = 0; index < batch.Count; index++)
        {
            ReadOnlySpan<byte> received = batch.Received(index);
            if (received[0] == 0)
                continue;
            received.CopyTo(batch.Reply(index));
            batch.Reply(index)[received.Length] = mark;
            batch.Answer(index, received.Length + 1);
        }
    }

    private static async Task<byte[]> ReceiveAsync(Socket client)
    {
        byte[] buffer = new byte[64];
        return buffer[..await client.ReceiveAsync(buffer).WaitAsync(Patience)];
    }

    [Fact]
    public async Task Each_sender_has_its_own_answer_from_the_socket_that_it_asked()
    {
        Socket one = Bound(), two = Bound();
        using IDisposable first = loop.Serve(one, batch => Echo(batch, 101)), second = loop.Serve(two, batch => Echo(batch, 102));
        Socket[] clients = [.. Enumerable.Range(0, 50).Select(index => ConnectedTo(index % 2 == 0 ? one : two))];
        for (int index = 0; index < clients.Length; index++)
        {
            clients[index].Send([0, 0, 0]);
            clients[index].Send([1, (byte)index]);
        }
        for (int index = 0; index < clients.Length; index++)
            Assert.Equal([1, (byte)index, (byte)(index % 2 == 0 ? 101 : 102)], await ReceiveAsync(clients[index]));
    }

    [Fact]
    public async Task A_socket_that_is_served_no_more_is_left_alone_and_the_others_go_on()
    {
        Socket one = Bound(), two = Bound();
        IDisposable first = loop.Serve(one, batch => Echo(batch, 101));
        using IDisposable second = loop.Serve(two, batch => Echo(batch, 102));
        Socket client = ConnectedTo(one), other = ConnectedTo(two);
        client.Send([1]);
        Assert.Equal([1, 101], await ReceiveAsync(client));
        first.Dispose();
        client.Send([2]);
        other.Send([3]);
        Assert.Equal([3, 102], await ReceiveAsync(other));
        Assert.Equal([2], await ReceiveAsync(one));
    }

    [Fact]
    public void What_came_can_be_answered_within_its_room_and_nothing_else()
    {
        Socket server = Bound(), alive = ConnectedTo(server);
        using var batch = new DatagramBatch(4, 64);
        Assert.False(batch.TryReceive(server.SafeHandle));
        alive.Send([1]);
        alive.Send([2]);
        // Loopback delivers before it returns.
        Assert.True(batch.TryReceive(server.SafeHandle));
        Assert.Equal(2, batch.Count);
        batch.Answer(0, 1);
        batch.Answer(1, 1);
        Assert.Equal(2, batch.Send(server.SafeHandle));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Answer(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.Answer(0, 65));
    }
}
