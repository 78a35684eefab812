using System.Net;
using System.Net.Sockets;
using Argosy.Core;
using Argosy.Linux.Sockets;
using Argosy.Networks.Relay;
using Argosy.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Networks.Tests;

/// <summary>What the relay does with clients, at this machine's loopback device.</summary>
public sealed class RelayTableTests : IAsyncLifetime
{
    private readonly ContainerId container = ContainerId.New();
    private readonly RelaySockets sockets = new();
    private readonly StreamConnections connections = new();
    private readonly ReadinessLoop loop = new("datagrams");
    private readonly ManualTime time = new();
    private readonly Socket target = Listen();
    private RelayTable table = null!;

    public Task InitializeAsync()
    {
        table = new RelayTable(connections, loop, time, NullLogger.Instance);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        table.Dispose();
        await connections.DisposeAsync();
        loop.Dispose();
        target.Dispose();
    }

    [Fact]
    public async Task Each_sides_end_is_passed_on_and_the_other_direction_goes_on()
    {
        (Socket client, Socket server) = await PairAsync();
        client.Send("question"u8);
        client.Shutdown(SocketShutdown.Send);
        Assert.Equal("question", ReadAll(server));
        server.Send("answer"u8);
        server.Shutdown(SocketShutdown.Send);
        Assert.Equal("answer", ReadAll(client));
        await Poll.UntilAsync(() => connections.Count == 0, "the connection is over");
    }

    [Fact]
    public async Task A_connection_that_one_side_breaks_off_is_broken_off_on_the_other()
    {
        (Socket client, Socket server) = await PairAsync();
        server.LingerState = new LingerOption(true, 0);
        server.Dispose();
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => client.Receive(new byte[1])).SocketErrorCode);
        (client, server) = await PairAsync();
        client.LingerState = new LingerOption(true, 0);
        client.Dispose();
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => server.Receive(new byte[1])).SocketErrorCode);
    }

    [Fact]
    public void Where_nobody_listens_or_no_container_is_the_client_is_reset()
    {
        RelayPort port = Open("tcp");
        target.Dispose();
        using (Socket refused = Connect(port))
            Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => refused.Receive(new byte[1])).SocketErrorCode);
        table.Carry(port with { Address = null }, null);
        using Socket nowhere = Connect(port);
        Assert.Equal(SocketError.ConnectionReset, Assert.Throws<SocketException>(() => nowhere.Receive(new byte[1])).SocketErrorCode);
    }

    [Fact]
    public async Task Much_arrives_whole_while_the_other_side_is_slow()
    {
        (Socket client, Socket server) = await PairAsync();
        byte[] sent = new byte[20 * 1024 * 1024];
        new Random(1).NextBytes(sent);
        Task sending = Task.Run(() =>
        {
            client.Send(sent);
            client.Shutdown(SocketShutdown.Send);
        });
        // Nobody reads: what does not fit between the two waits with its sender, not in the relay.
        Assert.NotSame(sending, await Task.WhenAny(sending, Task.Delay(200)));
        var received = new MemoryStream();
        byte[] buffer = new byte[100_000];
        for (int size; (size = server.Receive(buffer)) > 0;)
            received.Write(buffer, 0, size);
        await sending;
        Assert.True(sent.AsSpan().SequenceEqual(received.ToArray()));
    }

    [Fact]
    public async Task Many_connections_live_beside_each_other_and_outlive_the_port()
    {
        // libnftables, which the tests beside this one use, takes no descriptor above 1023.
        const int count = 50;
        RelayPort port = Open("tcp");
        var pairs = new List<(Socket Client, Socket Server)>();
        for (int number = 0; number < count; number++)
            pairs.Add((Connect(port), await target.AcceptAsync()));
        Assert.Equal(count, connections.Count);
        table.Close([port.Key]);
        Assert.Equal(SocketError.ConnectionRefused, Assert.Throws<SocketException>(() => Connect(port)).SocketErrorCode);
        byte[] buffer = new byte[10];
        foreach ((Socket client, Socket server) in pairs)
        {
            server.Send("x"u8);
            Assert.Equal(1, client.Receive(buffer));
        }
        foreach ((Socket client, Socket server) in pairs)
        {
            client.Dispose();
            Assert.Equal(0, server.Receive(buffer));
            server.Dispose();
        }
        await Poll.UntilAsync(() => connections.Count == 0, "all are over");
    }

    [Fact]
    public void Each_client_of_a_datagram_port_has_its_own_session_which_ends_when_it_is_idle()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        RelayPort port = Open("udp", (IPEndPoint)server.LocalEndPoint!);
        using Socket one = ConnectUdp(port), two = ConnectUdp(port);
        EndPoint first = Ask(one, server), second = Ask(two, server);
        Assert.NotEqual(first, second);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(first, Ask(one, server));
        time.Advance(TimeSpan.FromSeconds(60));
        table.Sweep();
        Assert.Equal(first, Ask(one, server));
        Assert.NotEqual(second, Ask(two, server));
    }

    [Fact]
    public void A_datagram_that_nobody_took_does_not_keep_the_next_one_from_its_server()
    {
        int free;
        using (var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            free = ((IPEndPoint)probe.LocalEndPoint!).Port;
        }
        RelayPort port = Open("udp", new IPEndPoint(IPAddress.Loopback, free));
        using Socket client = ConnectUdp(port);
        client.Send("lost"u8);
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        server.Bind(new IPEndPoint(IPAddress.Loopback, free));
        Ask(client, server);
    }

    [Fact]
    public void Ports_of_containers_that_are_over_are_closed()
    {
        RelayPort port = Open("tcp");
        table.CloseOf(new HashSet<string> { "another" });
        Assert.Equal([port.Key], table.Keys);
        table.CloseOf(new HashSet<string> { container.Value });
        Assert.Empty(table.Keys);
    }

    private static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1000);
        return listener;
    }

    private static EndPoint Ask(Socket client, Socket server)
    {
        byte[] buffer = new byte[100];
        client.Send("question"u8);
        EndPoint from = new IPEndPoint(IPAddress.Any, 0);
        int size;
        do
            size = server.ReceiveFrom(buffer, ref from);
        while (!buffer.AsSpan(0, size).SequenceEqual("question"u8));
        server.SendTo("answer"u8, from);
        Assert.Equal("answer"u8, buffer.AsSpan(0, client.Receive(buffer)));
        return from;
    }

    private RelayPort Open(string protocol, IPEndPoint? to = null)
    {
        to ??= (IPEndPoint)target.LocalEndPoint!;
        for (ushort number = 20_000; ; number++)
        {
            var key = new RelayKey(protocol, IPAddress.IPv6Loopback, number);
            if (!sockets.TryOpen(key))
                continue;
            Assert.True(sockets.TryPass(key, out SafeFileHandle? socket));
            var port = new RelayPort(key, container, to.Address, (ushort)to.Port);
            table.Carry(port, socket);
            return port;
        }
    }

    private static Socket Connect(RelayPort port)
    {
        var client = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        client.Connect(port.Key.Address, port.Key.Port);
        return client;
    }

    private static Socket ConnectUdp(RelayPort port)
    {
        var client = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
        client.Connect(port.Key.Address, port.Key.Port);
        return client;
    }

    private async Task<(Socket Client, Socket Server)> PairAsync()
    {
        Socket client = Connect(Open("tcp")), server = await target.AcceptAsync();
        server.ReceiveTimeout = 10_000;
        return (client, server);
    }

    private static string ReadAll(Socket socket)
    {
        byte[] buffer = new byte[100];
        string text = "";
        for (int size; (size = socket.Receive(buffer)) > 0;)
            text += System.Text.Encoding.ASCII.GetString(buffer, 0, size);
        return text;
    }

    private sealed class ManualTime : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref ticks);

        internal void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
    }
}
