using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>argosy system fsck beyond images: every byte of the data root has an owner, and what has none is found.</summary>
[Trait("Needs", "Root")]
public sealed class DataRootCheckTests : IAsyncLifetime
{
    private PrivateDaemon daemon = null!;
    private BuildClient client = null!;

    public async Task InitializeAsync()
    {
        daemon = await PrivateDaemon.StartAsync();
        client = new BuildClient(daemon);
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await daemon.DisposeAsync();
    }

    [Fact]
    public async Task Bytes_on_disk_are_the_bytes_accounted_for()
    {
        await client.BuildAsync("t=cached", "FROM busybox\nRUN --mount=type=cache,id=sum,target=/c head -c 300000 /dev/urandom > /c/big && echo x > /x");
        await daemon.Api.PostAsync("volumes/create", new JsonObject { ["Name"] = "sum" });
        // Running, and with a volume that is a mount: neither the merged tree nor a tmpfs is on the disk.
        await daemon.Api.PostAsync("volumes/create", new JsonObject { ["Name"] = "memory", ["DriverOpts"] = new JsonObject { ["type"] = "tmpfs", ["device"] = "tmpfs" } });
        JsonObject spec = Containers.Script("head -c 200000 /dev/zero > /sum/file; head -c 100000 /dev/zero > /memory/file; head -c 50000 /dev/zero > /written; echo ready; exec sleep 1000")
            .With("HostConfig", new JsonObject { ["Binds"] = new JsonArray("sum:/sum", "memory:/memory") });
        string id = await daemon.Api.RunAsync(spec);
        await Poll.UntilAsync(async () => (await daemon.Api.SendAsync(HttpMethod.Get, $"containers/{id}/logs?stdout=1")).Text.Contains("ready", StringComparison.Ordinal), "the container has written");
        JsonNode report = await CheckAsync();
        Assert.Empty(report["Faults"]!.AsArray());
        Assert.Equal((2, 200_000, 1), ((int)report["Volumes"]!, (long)report["VolumeBytes"]!, (int)report["BuildMounts"]!));
        Assert.Equal(300_000, (long)report["BuildMountBytes"]!);
        Assert.InRange((long)report["ContainerBytes"]!, 50_000, 99_999);
        // The database goes on while it is looked at; everything else is as find counts it, when the trash of the build is swept.
        await Poll.UntilAsync(async () =>
        {
            report = await CheckAsync("?quick=1");
            return await FindBytesAsync("volumes build-mounts containers content layers") == Accounted(report);
        }, "find counts what is accounted for");
        Assert.Equal(Accounted(report) + (long)report["OtherBytes"]!, (long)report["DiskBytes"]!);
    }

    [Fact]
    public async Task What_belongs_to_nothing_is_found_and_the_repair_takes_away_what_is_ours_and_keeps_data()
    {
        string root = daemon.DataRoot;
        await daemon.Api.PostAsync("volumes/create", new JsonObject { ["Name"] = "lost" });
        await client.BuildAsync("", "FROM busybox\nRUN --mount=type=cache,id=lost,target=/c echo x > /c/x");
        string cache = Directory.GetDirectories($"{root}/build-mounts").Single(path => File.Exists($"{path}/data/x"));
        Directory.Delete($"{root}/volumes/lost", recursive: true);
        Directory.Delete(cache, recursive: true);
        string[] strays = ["volumes/found/_data/kept", "volumes/.draft-x/_data/half", "build-mounts/odd/data/x", "containers/odd/upper/x", "mine"];
        foreach (string stray in strays)
        {
            Directory.CreateDirectory(Path.GetDirectoryName($"{root}/{stray}")!);
            await File.WriteAllTextAsync($"{root}/{stray}", "12345");
        }
        JsonNode found = await CheckAsync();
        Assert.Equal(
            [$"LostDirectory {cache}", $"LostDirectory {root}/volumes/lost", $"Stray {root}/build-mounts/odd", $"Stray {root}/containers/odd", $"Stray {root}/mine", $"Stray {root}/volumes/.draft-x", $"Stray {root}/volumes/found"],
            found["Faults"]!.AsArray().Select(fault => $"{fault!["Kind"]} {fault["Subject"]}").Order(StringComparer.Ordinal));
        Assert.Equal(5, (long)found["UnknownBytes"]!);

        await CheckAsync("?repair=1");
        JsonNode left = await CheckAsync();
        Assert.Equal([$"{root}/mine"], left["Faults"]!.AsArray().Select(fault => (string?)fault!["Subject"]));
        Assert.Equal("12345", await File.ReadAllTextAsync($"{root}/volumes/found/_data/kept"));
        Assert.Equal(200, (await daemon.Api.SendAsync(HttpMethod.Get, "volumes/found")).Status);
        Assert.True(Directory.Exists($"{root}/volumes/lost/_data"));
        Assert.False(Directory.Exists($"{root}/volumes/.draft-x") || Directory.Exists($"{root}/build-mounts/odd") || Directory.Exists($"{root}/containers/odd"));
        File.Delete($"{root}/mine");
        Assert.Contains("again\n", await client.BuildAsync("", "FROM busybox\nRUN --mount=type=cache,id=lost,target=/c ls /c && echo again"), StringComparison.Ordinal);
        Assert.Empty((await CheckAsync())["Faults"]!.AsArray());
    }

    private static long Accounted(JsonNode report) =>
        new[] { "VolumeBytes", "BuildMountBytes", "ContainerBytes", "ImageBytes" }.Sum(part => (long)report[part]!);

    private async Task<JsonNode> CheckAsync(string query = "") => (await daemon.Api.PostAsync("argosy/system/fsck" + query)).Json;

    private async Task<long> FindBytesAsync(string directories) => long.Parse(
        await Shell.ShAsync($"cd {daemon.DataRoot} && find {directories} -xdev -type f -printf '%D:%i %s\\n' | sort -u | awk '{{ s += $2 }} END {{ printf \"%d\", s }}'"),
        System.Globalization.CultureInfo.InvariantCulture);
}
