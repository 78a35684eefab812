using Argosy.Cli.Containers;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Tests.Containers;

public class PortListTests
{
    private static Port Port(int inside, int outside = 0, string? ip = null, string type = "tcp") => new() { PrivatePort = inside, PublicPort = outside, IP = ip, Type = type };

    [Fact]
    public void Published_ports_name_the_hosts_side() =>
        Assert.Equal("0.0.0.0:8080->80/tcp, [::]:8080->80/tcp", PortList.Format([Port(80, 8080, "0.0.0.0"), Port(80, 8080, "::")]));

    [Fact]
    public void Neighbours_are_joined_to_ranges() =>
        Assert.Equal("0.0.0.0:90-91->90-91/tcp, 70-72/tcp, 75/tcp", PortList.Format([Port(70), Port(71), Port(72), Port(75), Port(90, 90, "0.0.0.0"), Port(91, 91, "0.0.0.0")]));

    [Fact]
    public void No_ports_are_nothing() => Assert.Equal("", PortList.Format([]));
}
