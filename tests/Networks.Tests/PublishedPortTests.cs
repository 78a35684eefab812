using System.Net;
using Argosy.Core;
using Argosy.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Argosy.Networks.Tests;

[Trait("Needs", "Root")]
public sealed class PublishedPortTests : IAsyncLifetime
{
    private TestDaemon daemon = null!;

    public async Task InitializeAsync() => daemon = await TestDaemon.StartAsync();

    public async Task DisposeAsync() => await daemon.DisposeAsync();

    private NetworkRecord Bridge => daemon.Networks.Find("bridge");

    [Fact]
    public async Task A_port_answers_on_loopback_on_every_host_address_and_from_containers()
    {
        Sandbox web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [Bridge], new PortBindingSpec(80, "tcp", null, 0)), default);
        Sandbox client = await daemon.Networks.SetUpAsync(TestDaemon.Spec("client", [Bridge]), default);
        NetworkRecord other = await daemon.Networks.CreateAsync(new NetworkSpec { Name = "other" }, default);
        Sandbox foreign = await daemon.Networks.SetUpAsync(TestDaemon.Spec("foreign", [other]), default);
        await using Server server = await Server.StartAsync(web, 80, "hello");
        ushort port = web.Ports[0].HostPort;
        IPAddress gateway = Bridge.Subnets[0].Gateway;

        Assert.Equal("hello", await Http.GetAsync(IPAddress.Loopback, port));
        Assert.Equal("hello", await Http.GetAsync(gateway, port));
        Assert.Equal("hello", await Http.GetAsync(web.Endpoints[0].Address, 80));
        Assert.Equal("hello", await Http.GetAsync(client, gateway, port));
        Assert.Equal("hello", await Http.GetAsync(web, gateway, port));
        Assert.Equal("hello", await Http.GetAsync(foreign, gateway, port));
        Assert.Equal("hello", await Http.GetAsync(client, web.Endpoints[0].Address, 80));
        Assert.NotEqual("hello", await Http.GetAsync(foreign, web.Endpoints[0].Address, 80));
    }

    [Fact]
    public async Task A_port_at_one_host_address_answers_there_only()
    {
        var binding = new PortBindingSpec(80, "tcp", IPAddress.Loopback, 0);
        Sandbox web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [Bridge], binding), default);
        await using Server server = await Server.StartAsync(web, 80, "hello");
        Assert.Equal("hello", await Http.GetAsync(IPAddress.Loopback, web.Ports[0].HostPort));
        Assert.NotEqual("hello", await Http.GetAsync(Bridge.Subnets[0].Gateway, web.Ports[0].HostPort));
    }

    [Fact]
    public async Task A_port_that_another_container_has_is_refused_with_Dockers_text_and_nothing_is_left()
    {
        Sandbox first = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [Bridge], new PortBindingSpec(80, "tcp", null, 0)), default);
        ushort port = first.Ports[0].HostPort;
        var failure = await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.SetUpAsync(TestDaemon.Spec("two", [Bridge], new PortBindingSpec(80, "tcp", null, port)), default));
        Assert.StartsWith("failed to set up container networking: driver failed programming external connectivity on endpoint two (", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith($"Bind for 0.0.0.0:{port} failed: port is already allocated", failure.Message, StringComparison.Ordinal);
        Assert.Single(daemon.Networks.EndpointsOf(Bridge.Id));
        await daemon.Networks.TearDownAsync(first.Container);
        Sandbox again = await daemon.Networks.SetUpAsync(TestDaemon.Spec("two", [Bridge], new PortBindingSpec(80, "tcp", null, port)), default);
        Assert.Equal(first.Endpoints[0].Address, again.Endpoints[0].Address);
    }

    [Fact]
    public async Task A_port_that_a_program_of_the_host_listens_on_is_refused_and_ours_are_kept_from_it()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Any, 0);
        listener.Start();
        var port = (ushort)((IPEndPoint)listener.LocalEndpoint).Port;
        var failure = await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [Bridge], new PortBindingSpec(80, "tcp", null, port)), default));
        Assert.EndsWith("address already in use", failure.Message, StringComparison.Ordinal);
        listener.Stop();
        await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [Bridge], new PortBindingSpec(80, "tcp", null, port)), default);
        using var later = new System.Net.Sockets.TcpListener(IPAddress.Any, port);
        Assert.Throws<System.Net.Sockets.SocketException>(later.Start);
    }

    [Fact]
    public async Task Published_ports_and_isolation_come_back_after_someone_flushed_the_table()
    {
        Sandbox web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [Bridge], new PortBindingSpec(80, "tcp", null, 0)), default);
        await using Server server = await Server.StartAsync(web, 80, "hello");
        Assert.Equal(0, (await Shell.RunAsync("nft", "delete", "table", "inet", daemon.Instance)).Code);
        string got = "";
        for (int tries = 0; tries < 60 && got != "hello"; tries++, await Task.Delay(100))
            got = await Http.GetAsync(IPAddress.Loopback, web.Ports[0].HostPort);
        Assert.Equal("hello", got);
    }

    [Fact]
    public async Task A_table_that_goes_before_it_is_watched_comes_back()
    {
        FirewallVandal? vandal = null;
        await using TestDaemon vandalised = await TestDaemon.StartAsync(more: services => services.AddSingleton<IHostedService>(
            provider => vandal = new FirewallVandal(provider.GetRequiredService<DaemonPaths>())));
        Assert.Equal(0, vandal!.Code);
        await Poll.UntilAsync(async () => (await Shell.RunAsync("nft", "list", "table", "inet", vandalised.Instance)).Code == 0, "the table is back");
    }

    [Fact]
    public async Task A_UDP_client_that_never_stops_reaches_the_next_container_of_its_port()
    {
        using var client = new System.Net.Sockets.UdpClient(0) { Client = { ReceiveTimeout = 2000 } };
        Sandbox first = await daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [Bridge], new PortBindingSpec(7000, "udp", null, 0)), default);
        ushort port = first.Ports[0].HostPort;
        Assert.Equal("one", await EchoAsync(client, first, port, "one"));
        Sandbox second = await daemon.Networks.SetUpAsync(TestDaemon.Spec("two", [Bridge]), default);
        await daemon.Networks.TearDownAsync(first.Container);
        Sandbox third = await daemon.Networks.SetUpAsync(TestDaemon.Spec("three", [Bridge], new PortBindingSpec(7000, "udp", null, port)) with
        {
            // Not the address that the first one had: the kernel must have forgotten where the flow led.
            Endpoints = [new EndpointSpec { Network = Bridge.Id }, new EndpointSpec { Network = (await daemon.Networks.CreateAsync(new NetworkSpec { Name = "a" }, default)).Id, GatewayPriority = 1 }],
        }, default);
        Assert.NotEqual(first.Endpoints[0].Address, third.GatewayEndpoint!.Address);
        Assert.Equal("three", await EchoAsync(client, third, port, "three"));
    }

    private static async Task<string> EchoAsync(System.Net.Sockets.UdpClient client, Sandbox server, ushort port, string answer)
    {
        using var socket = Linux.Namespaces.NetworkNamespace.Run(server.NamespacePath, () => new System.Net.Sockets.UdpClient(7000) { Client = { ReceiveTimeout = 2000 } });
        return await Task.Run(() =>
        {
            IPEndPoint? from = null;
            client.Send("x"u8, new IPEndPoint(IPAddress.Loopback, port));
            socket.Receive(ref from);
            socket.Send(System.Text.Encoding.ASCII.GetBytes(answer), from);
            return System.Text.Encoding.ASCII.GetString(client.Receive(ref from));
        });
    }

    [Fact]
    public async Task Two_daemons_beside_each_other_have_subnets_tables_and_ports_of_their_own()
    {
        await using TestDaemon other = await TestDaemon.StartAsync();
        NetworkRecord theirs = other.Networks.Find("bridge");
        Assert.NotEqual(Bridge.Subnets[0].Subnet, theirs.Subnets[0].Subnet);
        Sandbox ours = await daemon.Networks.SetUpAsync(TestDaemon.Spec("ours", [Bridge], new PortBindingSpec(80, "tcp", null, 0)), default);
        Sandbox web = await other.Networks.SetUpAsync(TestDaemon.Spec("web", [theirs], new PortBindingSpec(80, "tcp", null, 0)), default);
        await using Server server = await Server.StartAsync(web, 80, "theirs");
        Assert.Equal("theirs", await Http.GetAsync(IPAddress.Loopback, web.Ports[0].HostPort));
        Assert.Equal("theirs", await Http.GetAsync(ours, theirs.Subnets[0].Gateway, web.Ports[0].HostPort));
        Assert.NotEqual("theirs", await Http.GetAsync(ours, web.Endpoints[0].Address, 80));
        var taken = await Assert.ThrowsAsync<EngineException>(() => other.Networks.SetUpAsync(TestDaemon.Spec("two", [theirs], new PortBindingSpec(80, "tcp", null, ours.Ports[0].HostPort)), default));
        Assert.EndsWith("address already in use", taken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_beside_ours_reaches_a_published_port_with_its_own_address_and_nothing_else()
    {
        await using var neighbour = await Neighbour.StartAsync();
        Sandbox web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [Bridge], new PortBindingSpec(80, "tcp", null, 0)), default);
        await using Server server = await Server.StartAsync(web, 80, "hello");
        Assert.Equal("hello", await neighbour.GetAsync(neighbour.HostAddress, web.Ports[0].HostPort));
        await neighbour.RouteAsync(Bridge.Subnets[0].Subnet);
        Assert.NotEqual("hello", await neighbour.GetAsync(web.Endpoints[0].Address, 80));
        Assert.Equal(neighbour.Address, await neighbour.SourceSeenByAsync(web, neighbour.HostAddress, web.Ports[0].HostPort));
        Assert.Equal(0, (await Shell.InsideAsync(web, "busybox", "ping", "-c", "1", "-W", "1", neighbour.Address.ToString())).Code);
    }

    [Fact]
    public async Task Ports_come_and_go_while_the_container_runs_and_a_refused_change_changes_nothing()
    {
        Sandbox web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [Bridge], new PortBindingSpec(80, "tcp", null, 0), new PortBindingSpec(81, "tcp", null, 0)), default);
        await using Server server = await Server.StartAsync(web, 80, "hello");
        await using Server second = await Server.StartAsync(web, 82, "second");
        PublishedPort kept = web.Ports[0], leaving = web.Ports[2];
        PublishedPort[] both = [kept, web.Ports[1]], gone = [leaving, web.Ports[3]];

        Sandbox after = await daemon.Networks.ChangePortsAsync(web.Container, gone, [new PortBindingSpec(82, "tcp", null, leaving.HostPort)], default);
        Assert.Equal([.. both, .. gone.Select(port => port with { ContainerPort = 82 })], after.Ports);
        Assert.Equal("hello", await Http.GetAsync(IPAddress.Loopback, kept.HostPort));
        Assert.Equal("second", await Http.GetAsync(IPAddress.Loopback, leaving.HostPort));
        Assert.Equal("hello", await Http.GetAsync(IPAddress.IPv6Loopback, kept.HostPort));
        Assert.Equal("second", await Http.GetAsync(IPAddress.IPv6Loopback, leaving.HostPort));

        using var other = new System.Net.Sockets.TcpListener(IPAddress.Any, 0);
        other.Start();
        var taken = (ushort)((IPEndPoint)other.LocalEndpoint).Port;
        await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.ChangePortsAsync(web.Container, both, [new PortBindingSpec(82, "tcp", null, taken)], default));
        Assert.Equal("hello", await Http.GetAsync(IPAddress.Loopback, kept.HostPort));
        Assert.Equal("hello", await Http.GetAsync(IPAddress.IPv6Loopback, kept.HostPort));
        using var late = new System.Net.Sockets.TcpListener(IPAddress.Any, kept.HostPort);
        Assert.Throws<System.Net.Sockets.SocketException>(late.Start);

        await daemon.Networks.ChangePortsAsync(web.Container, both, [], default);
        Assert.Equal("ConnectionRefused", await Http.GetAsync(IPAddress.Loopback, kept.HostPort));
        Assert.Equal("ConnectionRefused", await Http.GetAsync(IPAddress.IPv6Loopback, kept.HostPort));
        using var free = new System.Net.Sockets.TcpListener(IPAddress.Any, kept.HostPort);
        free.Start();
        await daemon.RestartAsync([web.Container]);
        Assert.Equal("second", await Http.GetAsync(IPAddress.Loopback, leaving.HostPort));
    }

    [Theory]
    [InlineData("nft", "delete", "element", "inet", "TABLE", "published", "{ tcp . PORT }")]
    [InlineData("nft", "flush", "chain", "inet", "TABLE", "publish")]
    [InlineData("nft", "insert", "rule", "inet", "TABLE", "publish", "return")]
    public async Task What_somebody_else_does_to_our_table_is_undone(params string[] command)
    {
        Sandbox web = await daemon.Networks.SetUpAsync(TestDaemon.Spec("web", [Bridge], new PortBindingSpec(80, "tcp", null, 0)), default);
        await using Server server = await Server.StartAsync(web, 80, "hello");
        string port = web.Ports[0].HostPort.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (int code, string output) = await Shell.RunAsync(command[0], [.. command[1..].Select(word => word.Replace("TABLE", daemon.Instance, StringComparison.Ordinal).Replace("PORT", port, StringComparison.Ordinal))]);
        Assert.True(code == 0, output);
        string got = "";
        for (int tries = 0; tries < 50 && got != "hello"; tries++, await Task.Delay(100))
            got = await Http.GetAsync(IPAddress.Loopback, web.Ports[0].HostPort);
        Assert.Equal("hello", got);
    }

    [Fact]
    public async Task A_protocol_that_this_kernel_does_not_have_is_refused_by_name()
    {
        if (Directory.Exists("/proc/sys/net/sctp"))
            return; // Then it is published, and the protocol's own tests would need tools for it.
        var failure = await Assert.ThrowsAsync<EngineException>(() => daemon.Networks.SetUpAsync(TestDaemon.Spec("one", [Bridge], new PortBindingSpec(80, "sctp", null, 0)), default));
        Assert.Equal((ErrorKind.NotImplemented, "publishing 80/sctp: this kernel has no SCTP"), (failure.Kind, failure.Message));
    }
}
