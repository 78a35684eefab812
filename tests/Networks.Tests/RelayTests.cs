using System.Net;
using System.Net.Sockets;
using Argosy.Core;
using Argosy.Linux.Namespaces;
using Argosy.Testing;

namespace Argosy.Networks.Tests;

/// <summary>Published ports at the host's IPv6 addresses, of containers to which the kernel leads nobody from there.</summary>
[Trait("Needs", "Root")]
public sealed class RelayTests : IAsyncLifetime
{
    private TestDaemon daemon = null!;
    private NetworkRecord four = null!;

    public async Task InitializeAsync()
    {
        daemon = await TestDaemon.StartAsync();
        four = daemon.Networks.Find("bridge");
    }

    public async Task DisposeAsync() => await daemon.DisposeAsync();

    [Fact]
    public async Task A_container_with_only_IPv4_answers_at_the_hosts_IPv6_addresses()
    {
        await using var neighbour = await Neighbour.StartAsync();
        Sandbox web = await UpAsync("web", new PortBindingSpec(80, "tcp", null, 0));
        await using Server server = await Server.StartAsync(web, 80, "hello");
        Assert.Equal([IPAddress.Any, IPAddress.IPv6Any], web.Ports.Select(port => port.HostAddress));
        ushort port = Assert.Single(web.Ports.Select(port => port.HostPort).Distinct());
        Assert.Equal("hello", await Http.GetAsync(IPAddress.Loopback, port));
        Assert.Equal("hello", await Http.GetAsync(IPAddress.IPv6Loopback, port));
        Assert.Equal("hello", await Http.GetAsync(neighbour.HostAddress6, port));
        Assert.Equal("hello", await neighbour.GetAsync(neighbour.HostAddress6, port));
        await daemon.Networks.TearDownAsync(web.Container);
        Assert.Equal("ConnectionRefused", await Http.GetAsync(IPAddress.IPv6Loopback, port));
    }

    [Fact]
    public async Task A_port_at_one_IPv6_address_answers_there_only()
    {
        await using var neighbour = await Neighbour.StartAsync();
        Sandbox web = await UpAsync("web", new PortBindingSpec(80, "tcp", IPAddress.IPv6Loopback, 0), new PortBindingSpec(81, "tcp", neighbour.HostAddress6, 0), new PortBindingSpec(80, "tcp", IPAddress.IPv6Any, 0));
        await using Server server = await Server.StartAsync(web, 80, "loopback"), second = await Server.StartAsync(web, 81, "outside");
        Assert.Equal("loopback", await Http.GetAsync(IPAddress.IPv6Loopback, web.Ports[0].HostPort));
        Assert.Equal("ConnectionRefused", await neighbour.GetAsync(neighbour.HostAddress6, web.Ports[0].HostPort));
        Assert.Equal("outside", await neighbour.GetAsync(neighbour.HostAddress6, web.Ports[1].HostPort));
        Assert.Equal("ConnectionRefused", await Http.GetAsync(IPAddress.IPv6Loopback, web.Ports[1].HostPort));
        Assert.Equal("loopback", await neighbour.GetAsync(neighbour.HostAddress6, web.Ports[2].HostPort));
        Assert.Equal("ConnectionRefused", await Http.GetAsync(IPAddress.Loopback, web.Ports[2].HostPort));
    }

    [Fact]
    public async Task The_next_daemon_goes_on_with_the_relay_and_its_connections_and_closes_what_nobody_wants()
    {
        // Not of the ephemeral range, where the tests beside this one take what is free.
        var fixedPort = new PortBindingSpec(7, "tcp", IPAddress.IPv6Loopback, 27_007);
        Sandbox web = await UpAsync("web", new PortBindingSpec(7, "tcp", null, 0)), gone = await UpAsync("gone", fixedPort);
        using Socket echo = Echo(web);
        using Socket client = await ConnectAsync(web);
        Assert.Equal("before", Say(client, "before"));
        await daemon.RestartAsync([web.Container]);
        Assert.Equal("after", Say(client, "after"));
        using Socket late = await ConnectAsync(web);
        Assert.Equal("late", Say(late, "late"));
        Assert.Equal((1, 1), (daemon.Relay.Started, daemon.Relay.Alive));
        Assert.Equal("ConnectionRefused", await Http.GetAsync(IPAddress.IPv6Loopback, gone.Ports[0].HostPort));
        // The port is free for the next one.
        await UpAsync("next", fixedPort);
    }

    [Fact]
    public async Task A_relay_that_died_is_replaced_and_a_port_that_a_program_took_meanwhile_comes_back_when_it_is_free()
    {
        Sandbox web = await UpAsync("web", new PortBindingSpec(80, "tcp", null, 0)), other = await UpAsync("other", new PortBindingSpec(80, "tcp", null, 0));
        await using Server server = await Server.StartAsync(web, 80, "hello"), second = await Server.StartAsync(other, 80, "other");
        ushort port = web.Ports[0].HostPort;
        Assert.Equal("hello", await Http.GetAsync(IPAddress.IPv6Loopback, port));
        daemon.Relay.IsBroken = true;
        await daemon.Relay.KillAsync();
        using (var thief = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { DualMode = false })
        {
            await Poll.UntilAsync(() => TryBind(thief, port), "the port is free");
            thief.Listen();
            daemon.Relay.IsBroken = false;
            await Poll.ForAsync("other", () => Http.GetAsync(IPAddress.IPv6Loopback, other.Ports[0].HostPort));
            Assert.Equal("hello", await Http.GetAsync(IPAddress.Loopback, port));
        }
        await Poll.ForAsync("hello", () => Http.GetAsync(IPAddress.IPv6Loopback, port));
        Assert.Equal(1, daemon.Relay.Alive);
    }

    [Fact]
    public async Task A_container_that_moves_to_another_network_takes_its_clients_with_it()
    {
        NetworkRecord other = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "a-first", EnableIPv6 = true }, default);
        NetworkRecord first = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "b-second" }, default);
        Sandbox web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [first], new PortBindingSpec(80, "tcp", null, 0)), default);
        await using Server server = await Server.StartAsync(web, 80, "hello");
        ushort port = web.Ports[0].HostPort;
        Assert.Equal("hello", await Http.GetAsync(IPAddress.IPv6Loopback, port));
        await daemon.Networks.ConnectAsync(web.Container, new EndpointSpec { Network = other.Id }, default);
        Assert.Equal("hello", await Http.GetAsync(other.Ipv6!.Gateway, port));
        await daemon.Networks.DisconnectAsync(web.Container, first.Id, default);
        Assert.Equal("hello", await Http.GetAsync(IPAddress.IPv6Loopback, port));
        await daemon.Networks.DisconnectAsync(web.Container, other.Id, default);
        Assert.NotEqual("hello", await Http.GetAsync(IPAddress.IPv6Loopback, port));
        await daemon.Networks.ConnectAsync(web.Container, new EndpointSpec { Network = first.Id }, default);
        Assert.Equal("hello", await Http.GetAsync(IPAddress.IPv6Loopback, port));
    }

    [Fact]
    public async Task Datagrams_are_answered_from_the_address_that_was_asked()
    {
        await using var neighbour = await Neighbour.StartAsync();
        Sandbox web = await UpAsync("web", new PortBindingSpec(7, "udp", null, 0));
        using Socket echo = NetworkNamespace.Run(web.NamespacePath, () => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 });
        echo.Bind(new IPEndPoint(IPAddress.Any, 7));
        foreach (IPAddress asked in (IPAddress[])[IPAddress.IPv6Loopback, neighbour.HostAddress6])
        {
            // A connected socket takes answers from there alone.
            using var client = new Socket(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 10_000 };
            client.Connect(asked, web.Ports[0].HostPort);
            client.Send("question"u8);
            byte[] buffer = new byte[100];
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            int size = echo.ReceiveFrom(buffer, ref from);
            echo.SendTo(buffer.AsSpan(0, size), from);
            Assert.Equal("question"u8, buffer.AsSpan(0, client.Receive(buffer)));
        }
    }

    [Fact]
    public async Task Where_nothing_is_translated_nothing_is_relayed()
    {
        var options = new Dictionary<string, string> { ["com.docker.network.bridge.gateway_mode_ipv4"] = "routed" };
        NetworkRecord routed = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "routed", Options = options }, default);
        Sandbox web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [routed], new PortBindingSpec(80, "tcp", null, 0)), default);
        Assert.Equal(new PublishedPort(80, "tcp", IPAddress.Any, 0), Assert.Single(web.Ports));
        NetworkRecord inner = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "inner", Internal = true }, default);
        Assert.Empty((await daemon.Networks.SetUpAsync(TestDaemon.Spec("in", [inner], new PortBindingSpec(80, "tcp", null, 0)), default)).Ports);
        Assert.Equal(0, daemon.Relay.Started);
    }

    [Fact]
    public async Task Many_ports_are_passed_on_and_the_daemon_keeps_no_socket_of_them()
    {
        // More than go with one message.
        Sandbox web = await UpAsync("web", [.. Enumerable.Range(1, 205).Select(port => new PortBindingSpec((ushort)port, "tcp", IPAddress.IPv6Any, 0))]);
        using Socket echo = Echo(web, 205), first = Echo(web, 1);
        foreach (PublishedPort port in (PublishedPort[])[web.Ports[0], web.Ports[^1]])
        {
            using var client = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
            await client.ConnectAsync(IPAddress.IPv6Loopback, port.HostPort);
            Assert.Equal("here", Say(client, "here"));
        }
        string sockets = (await Shell.RunAsync("ss", "-Hltn6", "sport", "=", $":{web.Ports[200].HostPort}")).Output;
        Assert.Single(sockets.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static bool TryBind(Socket socket, ushort port)
    {
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Socket Echo(Sandbox sandbox, int port = 7)
    {
        Socket listener = NetworkNamespace.Run(sandbox.NamespacePath, () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        listener.Bind(new IPEndPoint(IPAddress.Any, port));
        listener.Listen();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                Socket client = await listener.AcceptAsync();
                _ = Task.Run(async () =>
                {
                    byte[] buffer = new byte[100];
                    for (int size; (size = await client.ReceiveAsync(buffer)) > 0;)
                        await client.SendAsync(buffer.AsMemory(0, size));
                    client.Dispose();
                });
            }
        });
        return listener;
    }

    private static async Task<Socket> ConnectAsync(Sandbox web)
    {
        var client = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        await client.ConnectAsync(IPAddress.IPv6Loopback, web.Ports[0].HostPort);
        return client;
    }

    private static string Say(Socket client, string word)
    {
        client.Send(System.Text.Encoding.ASCII.GetBytes(word));
        byte[] buffer = new byte[100];
        return System.Text.Encoding.ASCII.GetString(buffer, 0, client.Receive(buffer));
    }

    private async Task<Sandbox> UpAsync(string name, params PortBindingSpec[] ports) => await daemon.Networks.SetUpAsync(TestDaemon.Spec(name, [four], ports), default);
}
