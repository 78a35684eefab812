using System.Net;
using Argosy.Core;

namespace Argosy.Networks.Tests;

public sealed class AddressAllocatorTests
{
    private static AddressAllocator Allocator(string subnet, string range = "", string auxiliary = "") => new(new NetworkRecord
    {
        Id = NetworkId.New(),
        Name = "n",
        Driver = "bridge",
        Created = default,
        Subnets = [SubnetParser.Parse(new SubnetSpec { Subnet = subnet, Range = range, Auxiliary = auxiliary.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["x"] = auxiliary } })],
    });

    [Fact]
    public void The_lowest_free_address_comes_first_and_a_released_one_comes_again()
    {
        AddressAllocator allocator = Allocator("10.0.0.0/24");
        Assert.Equal("10.0.0.2", allocator.Take().ToString());
        Assert.Equal("10.0.0.3", allocator.Take().ToString());
        allocator.Release(IPAddress.Parse("10.0.0.2"));
        Assert.Equal("10.0.0.2", allocator.Take().ToString());
        Assert.Equal("10.0.0.4", allocator.Take().ToString());
    }

    [Fact]
    public void A_range_and_reserved_addresses_are_respected()
    {
        AddressAllocator allocator = Allocator("10.0.0.0/24", "10.0.0.128/30", "10.0.0.130");
        Assert.Equal("10.0.0.129", allocator.Take().ToString());
        Assert.Equal("10.0.0.131", allocator.Take().ToString());
        var failure = Assert.Throws<EngineException>(() => allocator.Take());
        Assert.StartsWith("no available IPv4 addresses on this network's address pools: n (", failure.Message, StringComparison.Ordinal);
        Assert.Equal("10.0.0.7", allocator.Take(IPAddress.Parse("10.0.0.7")).ToString());
    }

    [Theory]
    [InlineData("10.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.255")]
    [InlineData("10.0.0.9")]
    public void An_address_that_is_taken_or_not_a_hosts_is_refused(string address)
    {
        AddressAllocator allocator = Allocator("10.0.0.0/24");
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
        AddressAllocator allocator = Allocator("10.0.0.0/24");
        IPAddress address = allocator.Take();
        Assert.False(allocator.TryClose());
        Assert.Equal("10.0.0.3", allocator.Take().ToString());
        allocator.Release(address);
        allocator.Release(IPAddress.Parse("10.0.0.3"));
        Assert.True(allocator.TryClose());
        Assert.Throws<EngineException>(() => allocator.Take());
        allocator.Reopen();
        Assert.Equal("10.0.0.2", allocator.Take().ToString());
    }

    [Fact]
    public async Task Concurrent_takers_never_get_the_same_address()
    {
        AddressAllocator allocator = Allocator("10.0.0.0/22");
        IPAddress[][] taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 100).Select(_ => allocator.Take()).ToArray())));
        Assert.Equal(800, taken.SelectMany(addresses => addresses).Distinct().Count());
    }
}
