using System.Net;
using System.Net.Sockets;
using Argosy.Core;

namespace Argosy.Networks.Tests;

public sealed class SubnetTests
{
    private static IPNetwork Net(string text) => IPNetwork.Parse(text);

    [Fact]
    public void The_default_pools_give_four_thousand_networks_none_of_which_overlaps_another()
    {
        var used = new List<IPNetwork>();
        for (int count = 0; count < 4000; count++)
            used.Add(SubnetChooser.Choose(AddressPool.Defaults, used));
        Assert.Equal(4000, used.Distinct().Count());
        Assert.All(used, subnet => Assert.Equal(24, subnet.PrefixLength));
        Assert.Equal("172.18.0.0/24", used[0].ToString());
    }

    [Fact]
    public void What_the_host_routes_is_left_alone()
    {
        Assert.Equal("172.20.0.0/24", SubnetChooser.Choose(AddressPool.Defaults, [Net("172.18.0.0/15")]).ToString());
        Assert.Equal("172.18.1.0/24", SubnetChooser.Choose(AddressPool.Defaults, [Net("172.18.0.77/32")]).ToString());
    }

    [Fact]
    public void Used_up_pools_are_said_in_Dockers_words()
    {
        var failure = Assert.Throws<EngineException>(() => SubnetChooser.Choose([new AddressPool(Net("10.0.0.0/24"), 25)], [Net("10.0.0.0/25"), Net("10.0.0.128/25")]));
        Assert.Equal("all predefined address pools have been fully subnetted", failure.Message);
    }

    [Fact]
    public void A_pool_at_the_end_of_the_address_space_ends()
    {
        Assert.Throws<EngineException>(() => SubnetChooser.Choose([new AddressPool(Net("255.255.255.0/24"), 24)], [Net("255.255.255.0/24")]));
    }

    [Fact]
    public void An_overlapping_subnet_is_refused_in_Dockers_words()
    {
        var failure = Assert.Throws<EngineException>(() => SubnetChooser.RequireFree(Net("10.1.0.0/16"), [Net("10.1.2.0/24")]));
        Assert.Equal((ErrorKind.Forbidden, "invalid pool request: Pool overlaps with other one on this address space"), (failure.Kind, failure.Message));
        SubnetChooser.RequireFree(Net("10.2.0.0/16"), [Net("10.1.2.0/24")]);
    }

    [Theory]
    [InlineData("10.0.0.0/24", "", "", "10.0.0.1")]
    [InlineData("10.0.0.0/24", "10.0.0.64/26", "", "10.0.0.64")]
    [InlineData("10.0.0.0/24", "10.0.0.64/26", "10.0.0.9", "10.0.0.9")]
    public void The_gateway_is_the_first_address_that_containers_could_have_had(string subnet, string range, string gateway, string expected) =>
        Assert.Equal(expected, SubnetParser.Parse(new SubnetSpec { Subnet = subnet, Range = range, Gateway = gateway }).Gateway.ToString());

    [Theory]
    [InlineData("10.0.0.1/24", "", "", "it should be 10.0.0.0/24")]
    [InlineData("10.0.0.0", "", "", "invalid CIDR block notation")]
    [InlineData("10.0.0.0/33", "", "", "invalid CIDR address")]
    [InlineData("10.0.0.0/31", "", "", "no address for a container")]
    [InlineData("10.0.0.0/24", "10.0.1.0/25", "", "does not contain it")]
    [InlineData("10.0.0.0/24", "", "10.0.1.1", "does not contain it")]
    [InlineData("10.0.0.0/24", "", "x", "invalid gateway x")]
    public void Nonsense_is_refused(string subnet, string range, string gateway, string reason)
    {
        var failure = Assert.Throws<EngineException>(() => SubnetParser.Parse(new SubnetSpec { Subnet = subnet, Range = range, Gateway = gateway }));
        Assert.Equal(ErrorKind.InvalidArgument, failure.Kind);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2001:db8:1::/64", "", "", "2001:db8:1::1")]
    [InlineData("2001:db8:1::/64", "2001:db8:1:0:5::/80", "", "2001:db8:1:0:5::")]
    [InlineData("2001:db8:1::/64", "", "2001:db8:1::fe", "2001:db8:1::fe")]
    public void IPv6_subnets_are_read_alike(string subnet, string range, string gateway, string expected)
    {
        SubnetRecord parsed = SubnetParser.Parse(new SubnetSpec { Subnet = subnet, Range = range, Gateway = gateway });
        Assert.Equal((true, expected), (parsed.IsIpv6, parsed.Gateway.ToString()));
    }

    [Theory]
    [InlineData("2001:db8::1/64", "", "it should be 2001:db8::/64")]
    [InlineData("2001:db8::/129", "", "invalid CIDR address")]
    [InlineData("2001:db8::/127", "", "no address for a container")]
    [InlineData("2001:db8::/64", "10.0.0.1", "does not contain it")]
    public void IPv6_nonsense_is_refused(string subnet, string gateway, string reason) =>
        Assert.Contains(reason, Assert.Throws<EngineException>(() => SubnetParser.Parse(new SubnetSpec { Subnet = subnet, Gateway = gateway })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_daemon_has_a_unique_local_prefix_of_its_own_with_65536_networks()
    {
        AddressPool one = AddressPool.UniqueLocal("machine", "argosy"), other = AddressPool.UniqueLocal("machine", "second");
        Assert.Equal((48, 64, (byte)0xfd), (one.Base.PrefixLength, one.Size, one.Base.BaseAddress.GetAddressBytes()[0]));
        Assert.Equal(one, AddressPool.UniqueLocal("machine", "argosy"));
        Assert.NotEqual(one.Base, other.Base);
        var used = new List<IPNetwork>();
        for (int count = 0; count < 300; count++)
            used.Add(SubnetChooser.Choose([.. AddressPool.Defaults, one], used, AddressFamily.InterNetworkV6));
        Assert.Equal(300, used.Distinct().Count());
        Assert.All(used, subnet => Assert.True(one.Base.Contains(subnet.BaseAddress)));
    }

    [Fact]
    public void Families_never_overlap_and_the_end_of_IPv6_ends()
    {
        Assert.False(AddressNumber.Overlap(Net("0.0.0.0/0"), Net("::/96")));
        Assert.Throws<EngineException>(() => SubnetChooser.Choose([new AddressPool(Net("ffff:ffff:ffff:ffff::/64"), 64)], [Net("ffff:ffff:ffff:ffff::/64")], AddressFamily.InterNetworkV6));
    }
}
