using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>A container that must notice nothing of the daemon's deaths: same process, same address, its port open, its exec at work.</summary>
internal sealed class Witness
{
    private readonly PrivateDaemon daemon;
    private readonly string id;
    private readonly int pid;
    private readonly string started;
    private readonly string address;
    private readonly int port;

    private Witness(PrivateDaemon daemon, string id, JsonNode container, int port)
    {
        (this.daemon, this.id, this.port) = (daemon, id, port);
        pid = (int)container["State"]!["Pid"]!;
        started = StartTime(pid);
        address = (string)container["NetworkSettings"]!["Networks"]!["bridge"]!["IPAddress"]!;
    }

    internal static async Task<Witness> StartAsync(PrivateDaemon daemon)
    {
        // Not one that an engine would choose: while the daemon is dead its neighbour could be given it.
        int port = Random.Shared.Next(20_000, 30_000);
        string id = await daemon.Api.RunAsync(Containers.Script("exec httpd -f -p 80 -h /etc").Publish(80, port), "witness");
        return new Witness(daemon, id, await daemon.Api.InspectAsync(id), port);
    }

    internal async Task CheckAsync()
    {
        JsonNode container = await daemon.Api.InspectAsync(id);
        Assert.Equal(("running", pid), ((string)container["State"]!["Status"]!, (int)container["State"]!["Pid"]!));
        Assert.Equal(started, StartTime(pid));
        Assert.Equal(address, (string)container["NetworkSettings"]!["Networks"]!["bridge"]!["IPAddress"]!);
        Assert.Contains("root:x:0", await Shell.ShAsync($"curl -s -m 5 http://127.0.0.1:{port}/passwd"), StringComparison.Ordinal);
        Assert.Equal("works", (await daemon.Api.ExecAsync(id, "echo", "works")).Succeeded());
    }

    internal async Task EndAsync()
    {
        await CheckAsync();
        await daemon.Api.RemoveAsync(id);
    }

    private static string StartTime(int pid) => File.ReadAllText($"/proc/{pid}/stat").Split(' ')[21];
}
