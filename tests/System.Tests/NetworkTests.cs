using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class NetworkTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task A_published_port_answers_on_loopback_on_the_hosts_address_and_from_another_container()
    {
        string id = await api.RunAsync(Server("hello").Publish(80));
        int port = await api.HostPortAsync(id, 80);
        Assert.Equal("hello", await FetchAsync($"127.0.0.1:{port}"));
        string host = (await Shell.ShAsync("ip -4 -o addr show scope global | awk '$2 ~ /^(eth|en)/ {print $4; exit}' | cut -d/ -f1"));
        Assert.Equal("hello", await FetchAsync($"{host}:{port}"));
        string gateway = (string)(await api.InspectAsync(id))["NetworkSettings"]!["Networks"]!["bridge"]!["Gateway"]!;
        ShellResult other = await api.RunToEndAsync(Containers.Script($"wget -q -O - http://{gateway}:{port}/"));
        Assert.Equal("hello", other.Succeeded());
        await api.RemoveAsync(id);
        Assert.Equal(7, (await CurlAsync($"127.0.0.1:{port}")).ExitCode);
    }

    [Fact]
    public async Task A_container_is_never_on_a_network_that_only_configures_others()
    {
        await api.PostAsync("networks/create", new JsonObject { ["Name"] = "settings", ["ConfigOnly"] = true });
        string stopped = await api.CreateAsync(Containers.Busybox("true"));
        string running = await api.RunAsync(Containers.Busybox("sleep", "600"));
        foreach (string id in (string[])[stopped, running])
        {
            ApiAnswer answer = await api.SendAsync(HttpMethod.Post, "networks/settings/connect", new JsonObject { ["Container"] = id });
            Assert.Equal((403, "cannot create endpoint on configuration-only network"), (answer.Status, answer.Message));
            Assert.Null((await api.InspectAsync(id))["NetworkSettings"]!["Networks"]!["settings"]);
            await api.RemoveAsync(id);
        }
        await api.DeleteAsync("networks/settings");
    }

    [Fact]
    public async Task A_port_that_is_taken_fails_the_start_and_leaves_nothing()
    {
        string first = await api.RunAsync(Server("one").Publish(80));
        int port = await api.HostPortAsync(first, 80);
        string second = await api.CreateAsync(Server("two").Publish(80, port));
        HostSnapshot before = fixture.Daemon.Snapshot();
        ApiAnswer answer = await api.SendAsync(HttpMethod.Post, $"containers/{second}/start");
        Assert.Equal(500, answer.Status);
        Assert.Contains("port is already allocated", answer.Message, StringComparison.Ordinal);
        Assert.Equal("one", await FetchAsync($"127.0.0.1:{port}"));
        await api.RemoveAsync(first);
        await api.StartAsync(second);
        Assert.Equal("two", await FetchAsync($"127.0.0.1:{port}"));
        await api.RemoveAsync(second);
        await Poll.UntilAsync(() => fixture.Daemon.Snapshot().Since(before).Links.Count == 0, "no link is left");
    }

    [Fact]
    public async Task Containers_of_a_user_network_find_each_other_by_name_and_alias()
    {
        await CreateNetworkAsync("shared");
        string server = await api.RunAsync(Server("found").On("shared", "web", "www"), "the-server");
        string address = await api.AddressAsync(server, "shared");
        foreach (string name in new[] { "the-server", "web", "www", server[..12] })
        {
            ShellResult result = await api.RunToEndAsync(Containers.Script($"wget -q -O - http://{name}/").On("shared"));
            Assert.Equal("found", result.Succeeded());
        }
        ShellResult lookup = await api.RunToEndAsync(Containers.Busybox("nslookup", address).On("shared"));
        Assert.Contains("the-server.shared", lookup.Output, StringComparison.Ordinal);
        await api.RemoveAsync(server);
        await api.DeleteAsync("networks/shared");
    }

    [Fact]
    public async Task Networks_are_isolated_until_a_container_is_connected_to_both()
    {
        await CreateNetworkAsync("left");
        await CreateNetworkAsync("right");
        string server = await api.RunAsync(Server("right").On("right"), "right-server");
        string client = await api.RunAsync(Containers.Busybox("sleep", "1000").On("left"));
        string address = await api.AddressAsync(server, "right");
        Assert.NotEqual(0, (await api.ExecAsync(client, "timeout", "1", "wget", "-q", "-O", "-", $"http://{address}/")).ExitCode);
        Assert.NotEqual(0, (await api.ExecAsync(client, "nslookup", "right-server")).ExitCode);
        await api.PostAsync("networks/right/connect", new JsonObject { ["Container"] = client });
        // Looked up by nslookup: the static busybox's wget crashes in glibc's own resolver.
        Assert.Contains(address, (await api.ExecAsync(client, "nslookup", "right-server")).Succeeded(), StringComparison.Ordinal);
        Assert.Equal("right", (await api.ExecAsync(client, "timeout", "5", "wget", "-q", "-O", "-", $"http://{address}/")).Succeeded());
        await api.PostAsync("networks/right/disconnect", new JsonObject { ["Container"] = client });
        Assert.NotEqual(0, (await api.ExecAsync(client, "timeout", "1", "wget", "-q", "-O", "-", $"http://{address}/")).ExitCode);
        Assert.Equal(403, (await api.SendAsync(HttpMethod.Delete, "networks/right")).Status);
        await api.RemoveAsync(server);
        await api.RemoveAsync(client);
        await api.DeleteAsync("networks/left");
        await api.DeleteAsync("networks/right");
    }

    [Fact]
    public async Task The_outside_sees_the_hosts_address()
    {
        await using OutsideHost outside = await OutsideHost.CreateAsync();
        ShellResult result = await api.RunToEndAsync(Containers.Script($"wget -q -O - http://{outside.Address}:7000/cgi-bin/peer"));
        Assert.Contains(outside.HostAddress, result.Succeeded(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_internal_network_has_no_way_out()
    {
        await using OutsideHost outside = await OutsideHost.CreateAsync();
        await api.PostAsync("networks/create", new JsonObject { ["Name"] = "inner", ["Internal"] = true });
        ShellResult result = await api.RunToEndAsync(Containers.Script($"timeout 2 wget -q -O - http://{outside.Address}:7000/cgi-bin/peer").On("inner"));
        Assert.NotEqual(0, result.ExitCode);
        await api.DeleteAsync("networks/inner");
    }

    [Fact]
    public async Task Host_and_none_and_another_containers_network_are_what_they_say()
    {
        Assert.Contains("eth0", (await api.RunToEndAsync(Containers.Busybox("ls", "/sys/class/net").Host("NetworkMode", "host"))).Succeeded(), StringComparison.Ordinal);
        ShellResult none = await api.RunToEndAsync(Containers.Script("ip -o link | grep -v ' lo:' | grep -c .").Host("NetworkMode", "none"));
        Assert.DoesNotContain("eth0", none.Output, StringComparison.Ordinal);
        string owner = await api.RunAsync(Server("shared"));
        ShellResult guest = await api.RunToEndAsync(Containers.Script("wget -q -O - http://127.0.0.1/").Host("NetworkMode", "container:" + owner));
        Assert.Equal("shared", guest.Succeeded());
        await api.RemoveAsync(owner);
    }

    [Fact]
    public async Task A_network_with_IPv6_gives_the_address_that_was_asked_for_and_shows_and_resolves_it()
    {
        await api.PostAsync("networks/create", new JsonObject
        {
            ["Name"] = "dual",
            ["EnableIPv6"] = true,
            ["IPAM"] = new JsonObject { ["Config"] = new JsonArray(new JsonObject { ["Subnet"] = "fd00:77::/64", ["IPRange"] = "fd00:77::100:0/112" }) },
        });
        JsonNode network = await api.GetAsync("networks/dual");
        Assert.True((bool)network["EnableIPv6"]!);
        Assert.Equal(["fd00:77::100:0"], network["IPAM"]!["Config"]!.AsArray().Where(config => ((string)config!["Subnet"]!).Contains(':')).Select(config => (string)config!["Gateway"]!));
        JsonObject wanted = Server("six").On("dual").Publish(80);
        wanted["NetworkingConfig"]!["EndpointsConfig"]!["dual"]!["IPAMConfig"] = new JsonObject { ["IPv6Address"] = "fd00:77::66" };
        string server = await api.RunAsync(wanted, "six");
        JsonNode endpoint = (await api.InspectAsync(server))["NetworkSettings"]!["Networks"]!["dual"]!;
        Assert.Equal(("fd00:77::66", 64, "fd00:77::100:0"), ((string)endpoint["GlobalIPv6Address"]!, (int)endpoint["GlobalIPv6PrefixLen"]!, (string)endpoint["IPv6Gateway"]!));
        Assert.Equal("fd00:77::66/64", (string)(await api.GetAsync("networks/dual"))["Containers"]![server]!["IPv6Address"]!);
        Assert.Contains("fd00:77::66\t", (await api.ExecAsync(server, "cat", "/etc/hosts")).Succeeded(), StringComparison.Ordinal);
        string client = await api.RunAsync(Containers.Busybox("sleep", "1000").On("dual"));
        Assert.Contains("fd00:77::66", (await api.ExecAsync(client, "nslookup", "six")).Succeeded(), StringComparison.Ordinal);
        Assert.Equal("six", (await api.ExecAsync(client, "wget", "-q", "-O", "-", "http://[fd00:77::66]/")).Succeeded());
        int port = await api.HostPortAsync(server, 80);
        Assert.Equal("six", await FetchAsync($"[fd00:77::100:0]:{port}"));
        Assert.Equal("six", await FetchAsync($"127.0.0.1:{port}"));
        await api.RemoveAsync(server);
        await api.RemoveAsync(client);
        await api.DeleteAsync("networks/dual");
    }

    [Fact]
    public async Task A_network_without_IPv4_and_with_two_subnets_resolves_and_shows_what_it_has()
    {
        static JsonObject Subnet(string text) => new() { ["Subnet"] = text };
        ApiAnswer made = await api.PostAsync("networks/create", new JsonObject
        {
            ["Name"] = "six",
            ["EnableIPv4"] = false,
            ["EnableIPv6"] = true,
            ["IPAM"] = new JsonObject { ["Config"] = new JsonArray(Subnet("fd00:78::/64"), Subnet("fd00:79::/64"), Subnet("10.99.99.0/24")) },
        });
        Assert.Contains("10.99.99.0/24 is not used", (string)made.Json["Warning"]!, StringComparison.Ordinal);
        JsonNode network = await api.GetAsync("networks/six");
        Assert.Equal((false, true), ((bool)network["EnableIPv4"]!, (bool)network["EnableIPv6"]!));
        Assert.Equal(["fd00:78::/64", "fd00:79::/64"], network["IPAM"]!["Config"]!.AsArray().Select(config => (string)config!["Subnet"]!));
        JsonObject wanted = Server("hello").On("six");
        wanted["NetworkingConfig"]!["EndpointsConfig"]!["six"]!["IPAMConfig"] = new JsonObject { ["IPv6Address"] = "fd00:79::66" };
        string server = await api.RunAsync(wanted, "onlysix"), client = await api.RunAsync(Containers.Busybox("sleep", "1000").On("six"));
        JsonNode endpoint = (await api.InspectAsync(server))["NetworkSettings"]!["Networks"]!["six"]!;
        Assert.Equal(("", 0, "fd00:79::66"), ((string)endpoint["IPAddress"]!, (int)endpoint["IPPrefixLen"]!, (string)endpoint["GlobalIPv6Address"]!));
        Assert.Equal("", (string)(await api.GetAsync("networks/six"))["Containers"]![server]!["IPv4Address"]!);
        Assert.Contains("fd00:79::66", (await api.ExecAsync(client, "nslookup", "onlysix")).Succeeded(), StringComparison.Ordinal);
        Assert.Equal("hello", (await api.ExecAsync(client, "wget", "-q", "-O", "-", "http://onlysix/")).Succeeded());
        await api.RemoveAsync(server);
        await api.RemoveAsync(client);
        await api.DeleteAsync("networks/six");
    }

    [Fact]
    public async Task Ports_of_a_running_container_are_added_and_taken_back_and_the_next_start_knows()
    {
        string id = await api.RunAsync(Server("hello").Publish(80));
        int first = await api.HostPortAsync(id, 80);
        JsonObject Change(string publish, string unpublish) => new()
        {
            ["Publish"] = new JsonObject { ["80/tcp"] = new JsonArray(new JsonObject { ["HostPort"] = publish }) },
            ["Unpublish"] = unpublish.Length == 0 ? new JsonObject() : new JsonObject { [unpublish] = null },
        };
        await api.PostAsync($"argosy/containers/{id}/ports", Change("", ""));
        JsonArray ports = (await api.InspectAsync(id))["NetworkSettings"]!["Ports"]!["80/tcp"]!.AsArray();
        int second = int.Parse((string)ports.Last()!["HostPort"]!, System.Globalization.CultureInfo.InvariantCulture);
        // Each of the two is one at the addresses of either family.
        Assert.Equal(4, ports.Count);
        Assert.Equal("hello", await FetchAsync($"127.0.0.1:{second}"));
        await api.PostAsync($"argosy/containers/{id}/ports", new JsonObject { ["Unpublish"] = new JsonObject { [$"{first}/tcp"] = null } });
        Assert.Equal(7, (await CurlAsync($"127.0.0.1:{first}")).ExitCode);
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Post, $"argosy/containers/{id}/ports", Change("", $"{first}/tcp"))).Status);
        await api.PostAsync($"argosy/containers/{id}/ports", Change(first.ToString(System.Globalization.CultureInfo.InvariantCulture), $"{second}/tcp"));
        await api.PostAsync($"containers/{id}/restart?t=0");
        Assert.Equal(first, await api.HostPortAsync(id, 80));
        Assert.Equal("hello", await FetchAsync($"127.0.0.1:{first}"));
        Assert.Single((await api.InspectAsync(id))["HostConfig"]!["PortBindings"]!["80/tcp"]!.AsArray());
        await api.RemoveAsync(id);
    }

    private static JsonObject Server(string answer) => Containers.Script($"mkdir -p /www; printf {answer} > /www/index.html; exec httpd -f -p 80 -h /www");

    private async Task CreateNetworkAsync(string name) => await api.PostAsync("networks/create", new JsonObject { ["Name"] = name });

    /// <summary>What the server says; it may not listen yet.</summary>
    private static async Task<string> FetchAsync(string address)
    {
        ShellResult last = new("", 1, "", "");
        await Poll.UntilAsync(async () => (last = await CurlAsync(address)).ExitCode == 0, "an answer");
        return last.Output;
    }

    private static Task<ShellResult> CurlAsync(string address) => Shell.RunAsync("curl", ["-s", "-m", "3", $"http://{address}/"]);
}
