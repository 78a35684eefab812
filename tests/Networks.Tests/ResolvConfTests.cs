using System.Net;
using Argosy.Core;

namespace Argosy.Networks.Tests;

public sealed class ResolvConfTests : IDisposable
{
    private readonly string host = Path.GetTempFileName(), systemd = Path.GetTempFileName();

    public void Dispose()
    {
        File.Delete(host);
        File.Delete(systemd);
    }

    private string Build(string hostText, Sandbox sandbox, NetworksOptions? options = null)
    {
        File.WriteAllText(host, hostText);
        return new ResolvConf(options ?? new NetworksOptions(), new HostResolvConf(host, systemd)).Build(sandbox);
    }

    private static Sandbox On(bool userDefined) => new()
    {
        Container = new ContainerId("c"),
        ContainerName = "c",
        Hostname = "",
        NamespacePath = "",
        Endpoints = [new Endpoint { Id = "", Network = new NetworkId("n"), NetworkName = "n", Address = IPAddress.Any, PrefixLength = 24, MacAddress = "", DnsNames = userDefined ? ["c"] : [] }],
    };

    private static string[] Lines(string text) => [.. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#')];

    [Fact]
    public void On_a_user_defined_network_the_engine_answers_and_a_name_is_a_containers_first() =>
        Assert.Equal(["nameserver 127.0.0.11", "search corp.example", "options timeout:1 ndots:0"],
            Lines(Build("nameserver 10.0.0.1\nsearch corp.example\noptions ndots:2 timeout:1\n", On(userDefined: true))));

    [Fact]
    public void On_the_default_bridge_the_hosts_resolvers_answer_but_for_those_on_its_loopback() =>
        Assert.Equal(["nameserver 10.0.0.1", "options ndots:2"], Lines(Build("nameserver 127.0.0.53\nnameserver 10.0.0.1 # x\noptions ndots:2\n", On(userDefined: false))));

    [Fact]
    public void Behind_systemds_stub_are_the_real_ones()
    {
        File.WriteAllText(systemd, "nameserver 10.9.9.9\n");
        Assert.Equal(["nameserver 10.9.9.9"], Lines(Build("nameserver 127.0.0.53\n", On(userDefined: false))));
    }

    [Fact]
    public void The_container_is_asked_before_the_daemon_and_the_daemon_before_the_host()
    {
        var options = new NetworksOptions { Dns = ["10.2.2.2"], DnsSearch = ["daemon.example"] };
        Assert.Equal(["nameserver 10.2.2.2", "search daemon.example"], Lines(Build("nameserver 10.0.0.1\nsearch host.example", On(userDefined: false), options)));
        Sandbox asking = On(userDefined: false) with { DnsServers = ["10.3.3.3"], DnsSearch = ["."] };
        Assert.Equal(["nameserver 10.3.3.3"], Lines(Build("nameserver 10.0.0.1\nsearch host.example", asking, options)));
    }

    [Fact]
    public void Ndots_that_the_user_asked_for_stay() =>
        Assert.Equal(["nameserver 127.0.0.11", "options ndots:5"], Lines(Build("", On(userDefined: true) with { DnsOptions = ["ndots:5"] })));
}
