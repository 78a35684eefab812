using System.Net;
using System.Net.Sockets;
using Argosy.Core;

namespace Argosy.Networks.Tests;

public sealed class AddressAllocatorTests
{
    private static NetworkAddresses Allocator(string subnet, string range = "", string auxiliary = "") => new(new NetworkRecord
    {
        Id = NetworkId.New(),
        Name = "n",
        Driver = "bridge",
        Created = default,
        Subnets = [SubnetParser.Parse(new SubnetSpec { Subnet = subnet, Range = range, Auxiliary = auxiliary.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["x"] = auxiliary } })],
    });

    [Fact]
    public void Both_families_have_addresses_of_their_own()
    {
        NetworkAddresses allocator = new(new NetworkRecord
        {
            Id = NetworkId.New(),
            Name = "n",
            Driver = "bridge",
            Created = default,
            Subnets = [SubnetParser.Parse(new SubnetSpec { Subnet = "10.0.0.0/30" }), SubnetParser.Parse(new SubnetSpec { Subnet = "fd00:1::/126", Gateway = "fd00:1::2" })],
        });
        Assert.Equal("10.0.0.2", allocator.Next().ToString());
        Assert.Equal("fd00:1::1", allocator.Take(AddressFamily.InterNetworkV6).Address.ToString());
        Assert.StartsWith("no available IPv4", Assert.Throws<EngineException>(() => allocator.Next()).Message, StringComparison.Ordinal);
        Assert.StartsWith("no available IPv6", Assert.Throws<EngineException>(() => allocator.Take(AddressFamily.InterNetworkV6)).Message, StringComparison.Ordinal);
        allocator.Release(IPAddress.Parse("10.0.0.2"));
        Assert.False(allocator.TryClose());
        allocator.Release(IPAddress.Parse("fd00:1::1"));
        Assert.True(allocator.TryClose());
    }

    [Fact]
    public void The_lowest_free_address_comes_first_and_a_released_one_comes_again()
    {
        NetworkAddresses allocator = Allocator("10.0.0.0/24");
        Assert.Equal("10.0.0.2", allocator.Next().ToString());
        Assert.Equal("10.0.0.3", allocator.Next().ToString());
        allocator.Release(IPAddress.Parse("10.0.0.2"));
        Assert.Equal("10.0.0.2", allocator.Next().ToString());
        Assert.Equal("10.0.0.4", allocator.Next().ToString());
    }

    [Fact]
    public void A_range_and_reserved_addresses_are_respected()
    {
        NetworkAddresses allocator = Allocator("10.0.0.0/24", "10.0.0.128/30", "10.0.0.130");
        Assert.Equal("10.0.0.129", allocator.Next().ToString());
        Assert.Equal("10.0.0.131", allocator.Next().ToString());
        var failure = Assert.Throws<EngineException>(() => allocator.Next());
        Assert.StartsWith("no available IPv4 addresses on this network's address pools: n (", failure.Message, StringComparison.Ordinal);
        Assert.Equal("10.0.0.7", allocator.Take(IPAddress.Parse("10.0.0.7")).Address.ToString());
    }

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.255")]
    [InlineData("10.0.0.9")]
    public void An_address_that_is_taken_or_not_a_hosts_is_refused(string address)
    {
        NetworkAddresses allocator = Allocator("10.0.0.0/24");
        allocator.Take(IPAddress.Parse("10.0.0.9"));
        var failure = Assert.Throws<EngineException>(() => allocator.Take(IPAddress.Parse(address)));
        Assert.Equal("Address already in use", failure.Message);
        Assert.Equal(ErrorKind.Forbidden, failure.Kind);
    }

    [Fact]
    public void An_address_of_another_subnet_is_refused_with_Dockers_text()
    {
        var failure = Assert.Throws<EngineException>(() => Allocator("10.0.0.0/24").Take(IPAddress.Parse("10.0.1.2")));
        Assert.EndsWith("no configured subnet or ip-range contain the IP address 10.0.1.2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_in_use_cannot_be_closed_and_a_closed_one_gives_nothing()
    {
        NetworkAddresses allocator = Allocator("10.0.0.0/24");
        IPAddress address = allocator.Next();
        Assert.False(allocator.TryClose());
        Assert.Equal("10.0.0.3", allocator.Next().ToString());
        allocator.Release(address);
        allocator.Release(IPAddress.Parse("10.0.0.3"));
        Assert.True(allocator.TryClose());
        Assert.Throws<EngineException>(() => allocator.Next());
        allocator.Reopen();
        Assert.Equal("10.0.0.2", allocator.Next().ToString());
    }

    [Fact]
    public async Task Concurrent_takers_never_get_the_same_address()
    {
        NetworkAddresses allocator = Allocator("10.0.0.0/22");
        IPAddress[][] taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 100).Select(_ => allocator.Next()).ToArray())));
        Assert.Equal(800, taken.SelectMany(addresses => addresses).Distinct().Count());
    }
}
