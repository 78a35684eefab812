using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Published ports answer at IPv6 addresses whether the daemon lives or not, and the process that does it never outlives its use.</summary>
[Trait("Needs", "Root")]
public sealed class RelayTests : IAsyncLifetime
{
    private PrivateDaemon daemon = null!;

    private EngineApi Api => daemon.Api;

    public async Task InitializeAsync() => daemon = await PrivateDaemon.StartAsync();

    public async Task DisposeAsync() => await daemon.DisposeAsync();

    [Fact]
    public async Task A_port_answers_at_both_loopback_addresses_and_at_the_hosts_IPv6_address_and_is_shown_so()
    {
        int port = await RunAsync("web");
        Assert.Equal("web", await FetchAsync($"127.0.0.1:{port}"));
        Assert.Equal("web", await FetchAsync($"[::1]:{port}"));
        string host = await Shell.ShAsync("ip -6 -o addr show scope global | awk '$2 ~ /^(eth|en)/ {print $4; exit}' | cut -d/ -f1");
        if (host.Length > 0)
            Assert.Equal("web", await FetchAsync($"[{host.Trim()}]:{port}"));
        string listed = (await Api.GetAsync("containers/json")).AsArray()[0]!["Ports"]!.ToJsonString();
        Assert.Contains($"\"IP\":\"0.0.0.0\",\"PrivatePort\":80,\"PublicPort\":{port}", listed, StringComparison.Ordinal);
        Assert.Contains($"\"IP\":\"::\",\"PrivatePort\":80,\"PublicPort\":{port}", listed, StringComparison.Ordinal);
        await Api.RemoveAsync("web");
        Assert.Equal(7, (await CurlAsync($"[::1]:{port}")).ExitCode);
    }

    [Fact]
    public async Task Connections_go_on_and_new_ones_are_made_while_the_daemon_is_dead_and_the_next_daemon_takes_the_relay_over()
    {
        int port = await RunAsync("web");
        Assert.Equal("web", await FetchAsync($"[::1]:{port}"));
        int relay = Assert.Single(Relays());
        using var open = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 10_000 };
        await open.ConnectAsync(IPAddress.IPv6Loopback, port);
        await daemon.KillAsync();
        Assert.Equal("web", await FetchAsync($"[::1]:{port}"));
        await daemon.StartAgainAsync();
        Assert.EndsWith("web", Get(open), StringComparison.Ordinal);
        Assert.Equal(relay, Assert.Single(Relays()));
        int late = await RunAsync("late");
        Assert.Equal("late", await FetchAsync($"[::1]:{late}"));
        Assert.Equal("web", await FetchAsync($"[::1]:{port}"));
        Assert.Equal(relay, Assert.Single(Relays()));
    }

    [Fact]
    public async Task A_relay_that_is_killed_is_replaced_and_one_that_hangs_does_not_keep_containers_from_ending()
    {
        int port = await RunAsync("web"), other = await RunAsync("other");
        Assert.Equal("web", await FetchAsync($"[::1]:{port}"));
        int first = Assert.Single(Relays());
        await Shell.ShAsync($"kill -9 {first}");
        await Poll.ForAsync("web", () => FetchAsync($"[::1]:{port}"));
        int second = Assert.Single(Relays());
        Assert.NotEqual(first, second);
        await Shell.ShAsync($"kill -STOP {second}");
        await Api.RemoveAsync("other");
        await Poll.ForAsync("web", () => FetchAsync($"[::1]:{port}"));
        Assert.NotEqual(second, Assert.Single(Relays()));
        Assert.Equal(7, (await CurlAsync($"[::1]:{other}")).ExitCode);
    }

    [Fact]
    public async Task It_stays_for_published_ports_when_the_daemon_stops_and_goes_with_the_last_one()
    {
        int port = await RunAsync("web");
        await Poll.UntilAsync(() => Relays().Length == 1, "there is a relay");
        await daemon.StopAsync();
        Assert.Equal("web", await FetchAsync($"[::1]:{port}"));
        await daemon.StartAgainAsync();
        await Api.RemoveAsync("web");
        await daemon.StopAsync();
        await Poll.UntilAsync(() => Relays().Length == 0, "the relay has ended");
        Assert.False(File.Exists(Path.Combine(daemon.ExecRoot, "relay.sock")));
    }

    [Fact]
    public async Task Without_a_daemon_it_ends_when_the_last_container_does()
    {
        int port = await RunAsync("web"), other = await RunAsync("other");
        Assert.Equal("web", await FetchAsync($"[::1]:{port}"));
        int web = await PidAsync("web"), last = await PidAsync("other");
        await daemon.KillAsync();
        await Shell.ShAsync($"kill -9 {web}");
        await Poll.UntilAsync(async () => (await CurlAsync($"[::1]:{port}")).ExitCode == 7, "its port is closed");
        Assert.Equal("other", await FetchAsync($"[::1]:{other}"));
        await Shell.ShAsync($"kill -9 {last}");
        await Poll.UntilAsync(() => Relays().Length == 0, "the relay has ended by itself");
    }

    [Fact]
    public async Task It_holds_nothing_of_the_daemon_and_may_do_nothing()
    {
        await RunAsync("web");
        await Poll.UntilAsync(() => Relays().Length == 1, "there is a relay");
        int relay = Relays()[0];
        await Poll.UntilAsync(async () => (await File.ReadAllTextAsync($"/proc/{relay}/status")).Contains("CapEff:\t0000000000000000", StringComparison.Ordinal), "it has no capability");
        Assert.Contains("Uid:\t65534\t65534\t65534\t65534", await File.ReadAllTextAsync($"/proc/{relay}/status"), StringComparison.Ordinal);
        foreach (string thread in Directory.EnumerateDirectories($"/proc/{relay}/task"))
            Assert.Contains("CapPrm:\t0000000000000000", await File.ReadAllTextAsync(thread + "/status"), StringComparison.Ordinal);
        Assert.DoesNotContain(daemon.DataRoot, await Shell.ShAsync($"ls -l /proc/{relay}/fd"), StringComparison.Ordinal);
        Assert.Equal("argosy-relay\n", await File.ReadAllTextAsync($"/proc/{relay}/comm"));
        // stat(5): the session, field 6, is its own.
        Assert.Equal($"{relay}", (await File.ReadAllTextAsync($"/proc/{relay}/stat")).Split(") ")[1].Split(' ')[3]);
        Assert.Equal("", await File.ReadAllTextAsync(Path.Combine(daemon.ExecRoot, "relay.log")));
    }

    [Fact]
    public async Task On_a_host_without_IPv6_nothing_of_it_is_there()
    {
        string host = "argn" + daemon.Instance;
        await Shell.ShAsync($"ip netns add {host}");
        try
        {
            await Shell.ShAsync($"nsenter --net=/run/netns/{host} sh -c 'ip link set lo up; echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6'");
            await using PrivateDaemon there = await PrivateDaemon.StartAsync(new PrivateDaemonOptions { Through = ["nsenter", $"--net=/run/netns/{host}"] });
            string id = await there.Api.RunAsync(Containers.Busybox("sleep", "1000").Publish(80));
            Assert.Single((await there.Api.InspectAsync(id))["NetworkSettings"]!["Ports"]!["80/tcp"]!.AsArray());
            Assert.DoesNotContain(there.Snapshot().Processes, line => line.Contains("argosyd relay", StringComparison.Ordinal));
        }
        finally
        {
            await Shell.ShAsync($"ip netns delete {host}");
        }
    }

    /// <summary>Starts a server whose answer is its name, with its port published; the host's port.</summary>
    private async Task<int> RunAsync(string name)
    {
        string id = await Api.RunAsync(Containers.Script($"echo -n {name} > /index.html && exec httpd -f -p 80 -h /").Publish(80), name);
        int port = await Api.HostPortAsync(id, 80);
        await Poll.ForAsync(name, () => FetchAsync($"127.0.0.1:{port}"));
        return port;
    }

    private async Task<int> PidAsync(string container) => (int)(await Api.InspectAsync(container))["State"]!["Pid"]!;

    private static async Task<string> FetchAsync(string address) => (await CurlAsync(address)).Output;

    private static Task<ShellResult> CurlAsync(string address) => Shell.RunAsync("curl", ["-s", "-m", "8", "--noproxy", "*", "-g", $"http://{address}/"]);

    private static string Get(Socket connection)
    {
        connection.Send("GET / HTTP/1.0\r\n\r\n"u8);
        byte[] buffer = new byte[4096];
        var answer = new StringBuilder();
        for (int size; (size = connection.Receive(buffer)) > 0;)
            answer.Append(Encoding.ASCII.GetString(buffer, 0, size));
        return answer.ToString();
    }

    private int[] Relays() => [.. daemon.Snapshot().Processes.Where(line => line.Contains(" argosyd relay ", StringComparison.Ordinal)).Select(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture))];
}
