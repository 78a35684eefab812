using System.Net;
using System.Net.NetworkInformation;
using Argosy.Core;
using Argosy.Linux.Netlink;

namespace Argosy.Networks.Tests;

public sealed class NetworkRulesTests
{
    private static EngineException Refused(NetworkSpec spec) => Assert.Throws<EngineException>(() => NetworkSpecRules.Check(spec));

    [Theory]
    [InlineData("bridge", ErrorKind.Forbidden, "operation is not permitted on predefined bridge network ")]
    [InlineData("-x", ErrorKind.InvalidArgument, "invalid network name: -x")]
    [InlineData("", ErrorKind.InvalidArgument, "invalid network name: ")]
    public void Names_are_checked(string name, ErrorKind kind, string message)
    {
        EngineException failure = Refused(new NetworkSpec { Name = name });
        Assert.Equal((kind, message), (failure.Kind, failure.Message));
    }

    [Theory]
    [InlineData("overlay", ErrorKind.NotImplemented)]
    [InlineData("host", ErrorKind.Forbidden)]
    [InlineData("weave", ErrorKind.NotFound)]
    public void Other_drivers_are_refused_by_name(string driver, ErrorKind kind)
    {
        EngineException failure = Refused(new NetworkSpec { Name = "n", Driver = driver });
        Assert.Equal(kind, failure.Kind);
        Assert.Contains(driver, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Networks_without_any_family_and_gateways_without_a_subnet_are_refused_and_not_ignored()
    {
        NetworkSpecRules.Check(new NetworkSpec { Name = "n", EnableIPv4 = false, EnableIPv6 = true });
        Assert.Equal(ErrorKind.InvalidArgument, Refused(new NetworkSpec { Name = "n", EnableIPv4 = false }).Kind);
        Assert.Equal(ErrorKind.InvalidArgument, Refused(new NetworkSpec { Name = "n", Subnets = [new SubnetSpec { Gateway = "10.0.0.1" }] }).Kind);
    }

    [Fact]
    public void Bridge_options_are_read_and_unknown_ones_are_refused_by_name()
    {
        BridgeOptions options = BridgeOptions.Parse(new Dictionary<string, string>
        {
            ["com.docker.network.bridge.name"] = "br9",
            ["com.docker.network.bridge.enable_icc"] = "false",
            ["com.docker.network.bridge.enable_ip_masquerade"] = "0",
            ["com.docker.network.bridge.host_binding_ipv4"] = "127.0.0.1",
            ["com.docker.network.driver.mtu"] = "1400",
        });
        Assert.Equal(("br9", false, false, IPAddress.Loopback, 1400), (options.Name, options.InterContainerCommunication, options.Masquerade, options.PublishAddress, options.Mtu));
        var failure = Assert.Throws<EngineException>(() => BridgeOptions.Parse(new Dictionary<string, string> { ["com.example.x"] = "y" }));
        Assert.Equal(ErrorKind.NotImplemented, failure.Kind);
        Assert.Contains("com.example.x=y", failure.Message, StringComparison.Ordinal);
        Assert.Throws<EngineException>(() => BridgeOptions.Parse(new Dictionary<string, string> { ["com.docker.network.bridge.name"] = "a\" ; flush" }));
        Assert.Throws<EngineException>(() => BridgeOptions.Parse(new Dictionary<string, string> { ["com.docker.network.driver.mtu"] = "many" }));
    }

    [Theory]
    [InlineData("dccp", 80, 80)]
    [InlineData("tcp", 0, 80)]
    [InlineData("tcp", 80, 70)]
    public void Ports_that_make_no_sense_are_refused(string protocol, ushort port, ushort last) =>
        Assert.Equal(ErrorKind.InvalidArgument, Assert.Throws<EngineException>(() => PortPublisher.Validate(new PortBindingSpec(port, protocol, IPAddress.Loopback, 80, last))).Kind);

    [Fact]
    public void An_endpoints_options_are_its_devices_name_and_settings()
    {
        EndpointOptions options = EndpointOptions.Parse(new Dictionary<string, string>
        {
            ["com.docker.network.endpoint.ifname"] = "web0",
            ["com.docker.network.endpoint.sysctls"] = "net.ipv4.conf.IFNAME.log_martians=1,net.ipv6.conf.IFNAME.forwarding=0",
        });
        Assert.Equal("web0", options.InterfaceName);
        Assert.Equal([new KernelSetting("net/ipv4/conf/web0/log_martians", "1"), new KernelSetting("net/ipv6/conf/web0/forwarding", "0")], options.Settings("web0"));
    }

    [Theory]
    [InlineData("com.docker.network.endpoint.ifname", "a/b", ErrorKind.InvalidArgument)]
    [InlineData("com.docker.network.endpoint.ifname", "", ErrorKind.InvalidArgument)]
    [InlineData("com.docker.network.endpoint.sysctls", "net.ipv4.ip_forward=1", ErrorKind.InvalidArgument)]
    [InlineData("com.docker.network.endpoint.sysctls", "net.ipv4.conf.IFNAME/../all.forwarding=1", ErrorKind.InvalidArgument)]
    [InlineData("com.example", "x", ErrorKind.NotImplemented)]
    public void Endpoint_options_that_make_no_sense_are_refused(string key, string value, ErrorKind kind) =>
        Assert.Equal(kind, Assert.Throws<EngineException>(() => EndpointOptions.Parse(new Dictionary<string, string> { [key] = value })).Kind);

    [Fact]
    public void The_default_route_is_the_highest_priority_then_the_first_name_and_never_an_internal_network()
    {
        static Endpoint End(string name, int priority, bool route = true) => new()
        {
            Id = name,
            Network = new NetworkId(name),
            NetworkName = name,
            Address = IPAddress.Any,
            PrefixLength = 24,
            MacAddress = "",
            GatewayPriority = priority,
            Gateway = route ? IPAddress.Loopback : null,
        };
        Assert.Equal("a", GatewayChoice.Of([End("b", 0), End("a", 0)])?.NetworkName);
        Assert.Equal("b", GatewayChoice.Of([End("b", 1), End("a", 0), End("c", 9, route: false)])?.NetworkName);
        Assert.Null(GatewayChoice.Of([End("c", 9, route: false)]));
    }

    [Fact]
    public void Instances_have_kernel_names_of_their_own_that_fit_a_device()
    {
        var main = new KernelNames("argosy", null);
        var other = new KernelNames("test-1", null);
        var id = new NetworkId("0123456789abcdef");
        Assert.Equal(("argosy", "argosy0", "argo-0123456789"), (main.Table, main.DefaultBridge, main.Bridge(id)));
        Assert.Equal("test_1", other.Table);
        Assert.Equal(15, other.Bridge(id).Length);
        Assert.Equal(15, other.NewVeth().Length);
        Assert.Equal((15, 14, 15), (other.DefaultBridge.Length, other.Gate.Enter.Length, other.Gate.Leave.Length));
    }

    [Fact]
    public void A_device_is_whose_alias_it_has_and_one_without_may_be_an_earlier_versions()
    {
        KernelNames main = new("argosy", null), other = new("test-1", null);
        Link Device(string name, string alias = "") => new(1, name, true, 0, "bridge", PhysicalAddress.None, 1500, alias);
        Link ours = Device("br0", other.Alias);
        Assert.True(other.Owns(ours) && main.IsForeign(ours));
        Assert.False(other.IsForeign(ours) || main.Owns(ours) || main.IsForeign(Device("eth0", "uplink")) || other.Owns(Device(other.NewVeth())));
        Assert.True(other.MayOwn(Device(other.NewVeth())) && other.MayOwn(Device(other.DefaultBridge)) && main.MayOwn(Device("argosy0")));
        Assert.False(other.MayOwn(Device(other.NewVeth(), main.Alias)) || other.MayOwn(Device("eth0")) || other.MayOwn(Device(main.NewVeth())));
    }
}
