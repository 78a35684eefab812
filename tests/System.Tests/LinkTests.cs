using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class LinkTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task On_the_default_bridge_a_link_is_in_the_environment_and_in_the_hosts_file()
    {
        string db = await api.RunAsync(Database(), "link-db");
        string address = await api.AddressAsync(db);
        string web = await api.RunAsync(Containers.Script("env | sort; cat /etc/hosts; exec sleep 1000").Host("Links", new JsonArray("link-db:the-db")), "link-web");
        await Poll.UntilAsync(async () => (await api.LogsAsync(web)).Contains("link-db\n", StringComparison.Ordinal), "the hosts file is shown");
        string log = await api.LogsAsync(web);
        foreach (string line in (string[])
        [
            $"THE_DB_PORT=tcp://{address}:80", $"THE_DB_PORT_80_TCP=tcp://{address}:80", $"THE_DB_PORT_80_TCP_ADDR={address}", "THE_DB_PORT_80_TCP_PORT=80", "THE_DB_PORT_80_TCP_PROTO=tcp",
            $"THE_DB_PORT_5432_TCP_START=tcp://{address}:5432", "THE_DB_PORT_5432_TCP_PORT_START=5432", $"THE_DB_PORT_5432_TCP_END=tcp://{address}:5433", "THE_DB_PORT_5432_TCP_PORT_END=5433",
            "THE_DB_NAME=/link-web/the-db", "THE_DB_ENV_FOO=bar", $"{address}\tthe-db dbhost link-db",
        ])
            Assert.Contains(line + "\n", log, StringComparison.Ordinal);
        Assert.DoesNotContain("THE_DB_ENV_HOME", log, StringComparison.Ordinal);
        Assert.Equal("bar", (await api.ExecAsync(web, "sh", "-c", "echo $THE_DB_ENV_FOO")).Succeeded());
        JsonNode linked = (await api.GetAsync("containers/json?filters=%7B%22id%22%3A%5B%22" + db + "%22%5D%7D"))[0]!["Names"]!;
        Assert.Equal(["/link-db", "/link-web/the-db"], linked.AsArray().Select(name => (string)name!));
        Assert.Equal("/link-db:/link-web/the-db", (string)(await api.InspectAsync(web))["HostConfig"]!["Links"]![0]!);
        Assert.Equal(db, (string)(await api.InspectAsync("link-web%2Fthe-db"))["Id"]!);
        await api.RemoveAsync(web);
        await api.RemoveAsync(db);
    }

    [Fact]
    public async Task A_linked_container_that_comes_back_elsewhere_is_found_again()
    {
        string db = await api.RunAsync(Database(), "moving-db");
        string web = await api.RunAsync(Containers.Busybox("sleep", "1000").Host("Links", new JsonArray("moving-db")), "moving-web");
        string before = await api.AddressAsync(db);
        await api.PostAsync($"containers/{db}/stop?t=0");
        string squatter = await api.RunAsync(Containers.Busybox("sleep", "1000"));
        await api.StartAsync(db);
        string after = await api.AddressAsync(db);
        Assert.NotEqual(before, after);
        Assert.Contains($"{after}\tmoving-db dbhost\n", (await api.ExecAsync(web, "cat", "/etc/hosts")).Output, StringComparison.Ordinal);
        foreach (string id in (string[])[squatter, web, db])
            await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_link_needs_a_running_container_and_can_be_removed()
    {
        string db = await api.CreateAsync(Database(), "idle-db");
        string web = await api.CreateAsync(Containers.Busybox("true").Host("Links", new JsonArray("idle-db:x")), "idle-web");
        ApiAnswer start = await api.SendAsync(HttpMethod.Post, $"containers/{web}/start");
        Assert.Equal((409, "Cannot link to a non running container: /idle-db AS /idle-web/x"), (start.Status, start.Message));
        Assert.Equal(409, (await api.SendAsync(HttpMethod.Delete, $"containers/{web}?link=1")).Status);
        await api.DeleteAsync("containers/idle-web%2Fx?link=1");
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Delete, "containers/idle-web%2Fx?link=1")).Status);
        Assert.Null((await api.InspectAsync(web))["HostConfig"]!["Links"]);
        await api.StartAsync(web);
        Assert.Equal(0, await api.WaitAsync(web));
        ApiAnswer missing = await api.SendAsync(HttpMethod.Post, "containers/create", Containers.Busybox("true").Host("Links", new JsonArray("none:x")));
        Assert.Equal((400, "could not get container for none: No such container: none"), (missing.Status, missing.Message));
        await api.RemoveAsync(web);
        await api.RemoveAsync(db);
    }

    [Fact]
    public async Task On_a_users_network_a_link_is_a_name_that_the_linking_container_alone_knows()
    {
        await api.PostAsync("networks/create", new JsonObject { ["Name"] = "linknet" });
        string db = await api.RunAsync(Containers.Busybox("sleep", "1000").On("linknet"), "named-db");
        JsonObject body = Containers.Busybox("sleep", "1000").On("linknet");
        body["NetworkingConfig"]!["EndpointsConfig"]!["linknet"]!["Links"] = new JsonArray("named-db:secret");
        string web = await api.RunAsync(body);
        string other = await api.RunAsync(Containers.Busybox("sleep", "1000").On("linknet"));
        string address = await api.AddressAsync(db, "linknet");
        Assert.Contains(address, (await api.ExecAsync(web, "nslookup", "secret")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain(address, (await api.ExecAsync(other, "nslookup", "secret")).Output, StringComparison.Ordinal);
        foreach (string id in (string[])[web, other, db])
            await api.RemoveAsync(id);
        await api.DeleteAsync("networks/linknet");
    }

    private static JsonObject Database() => Containers.Busybox("sleep", "1000").With("Hostname", "dbhost").With("Env", new JsonArray("FOO=bar", "HOME=/x"))
        .With("ExposedPorts", new JsonObject { ["80/tcp"] = new JsonObject(), ["5432/tcp"] = new JsonObject(), ["5433/tcp"] = new JsonObject() });
}
