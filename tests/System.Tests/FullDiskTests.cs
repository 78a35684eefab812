using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>
/// What images do on a disk with less room than they need: they say so, leave nothing half done, and work when there is room. What only
/// reads needs none.
/// </summary>
[Trait("Needs", "Root")]
public sealed class FullDiskTests : IAsyncLifetime
{
    private const int Size = 8_000_000;

    private static readonly string Dockerfile = $"FROM busybox\nRUN head -c {Size} /dev/urandom > /f\nRUN rm /bin/ls\n";

    private LoopDisk disk = null!;
    private PrivateDaemon daemon = null!;
    private RegistryProcess registry = null!;

    private EngineApi Api => daemon.Api;

    private string Filler => disk.Path + "/fill";

    public async Task InitializeAsync()
    {
        registry = await RegistryProcess.StartAsync();
        disk = await LoopDisk.MountAsync(64);
        // Without the cache's own collecting, which would make room.
        JsonNode builder = JsonNode.Parse("""{"gc": {"enabled": false}}""")!;
        daemon = await PrivateDaemon.StartAsync(new PrivateDaemonOptions { DataRoot = disk.Path + "/data", Configuration = new JsonObject { ["argosy-upload-chunk-bytes"] = 1 << 20, ["builder"] = builder } });
        await BuildAsync("full:1");
    }

    public async Task DisposeAsync()
    {
        await daemon.DisposeAsync();
        await disk.DisposeAsync();
        await registry.DisposeAsync();
    }

    [Fact]
    public async Task A_squash_is_refused_and_works_with_room()
    {
        await RefusedAsync(() => BuildAsync("flat:1&squash=1"), "flat:1");
        await BuildAsync("flat:1&squash=1");
        Assert.Single((await Api.GetAsync("images/flat:1/json"))["RootFS"]!["Layers"]!.AsArray().Skip(1));
    }

    [Fact]
    public async Task A_cache_of_a_registry_is_not_taken_and_is_with_room()
    {
        string name = $"{registry.Address}/cache:1";
        await InSessionAsync(Registry(name), session => BuildAsync("full:1", session));
        await ForgetAsync();
        string import = $"full:1&cachefrom={Uri.EscapeDataString($"[\"{name}\"]")}";
        await RefusedAsync(() => BuildAsync(import), "full:1");
        await BuildAsync(import);
    }

    [Fact]
    public async Task A_cache_that_is_handed_over_is_refused_and_taken_with_room()
    {
        byte[] layout = [];
        await InSessionAsync(Local(), async session =>
        {
            await BuildAsync("full:1", session);
            layout = await LayoutAsync(session);
        });
        await ForgetAsync();
        Task TakeAsync() => InSessionAsync(null, async session =>
        {
            await Api.UploadAsync(HttpMethod.Put, $"argosy/builds/{session}/cache-from/given", new MemoryStream(layout));
            await BuildAsync("full:1", session);
        });
        await RefusedAsync(TakeAsync, "full:1");
        await TakeAsync();
    }

    [Fact]
    public async Task Caches_are_exported_and_images_pushed_without_room()
    {
        string name = $"{registry.Address}/full:1";
        await Api.PostAsync($"images/full:1/tag?repo={registry.Address}/full&tag=1");
        await FillAsync();
        await InSessionAsync(Registry($"{registry.Address}/cache:1"), session => BuildAsync("full:1", session));
        await InSessionAsync(Local(), async session =>
        {
            await BuildAsync("full:1", session);
            Assert.True((await LayoutAsync(session)).Length > Size);
        });
        ApiAnswer pushed = await Api.PostAsync($"images/{registry.Address}/full/push?tag=1");
        Assert.DoesNotContain("\"error\"", pushed.Text, StringComparison.Ordinal);
        await CheckAsync(quick: true);
        File.Delete(Filler);
        await CheckAsync(quick: false);
        Assert.Equal(200, (await Api.SendAsync(HttpMethod.Get, $"images/{name}/json")).Status);
    }

    /// <summary>Does it without room, and makes room again.</summary>
    private async Task RefusedAsync(Func<Task> work, string image)
    {
        string id = await IdAsync(image);
        await FillAsync();
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(work);
        Assert.Matches("(?i)no space left on device|the disk was full", refusal.Message);
        Assert.DoesNotContain("   at ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(id, await IdAsync(image));
        await CheckAsync(quick: true);
        File.Delete(Filler);
        await CheckAsync(quick: false);
    }

    /// <summary>Three megabytes are left, for records.</summary>
    private async Task FillAsync() => await Shell.ShAsync($"dd if=/dev/zero of={Filler} bs=64k 2>/dev/null; sync -f {Filler}; truncate -s -3M {Filler}");

    /// <summary>No fault, and not a byte that belongs to nothing. To compare layers takes room for the largest.</summary>
    private async Task CheckAsync(bool quick)
    {
        JsonNode report = (await Api.PostAsync("argosy/system/fsck" + (quick ? "?quick=1" : ""))).Json;
        Assert.True(report["Faults"]!.AsArray().Count == 0 && (long)report["UnreferencedBytes"]! == 0, report.ToJsonString());
        Assert.Empty(Directory.EnumerateFileSystemEntries(daemon.DataRoot + "/tmp"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(daemon.DataRoot + "/content/ingest"));
    }

    private async Task ForgetAsync()
    {
        await Api.DeleteAsync("images/full:1");
        await Api.PostAsync("build/prune?all=1");
    }

    private Task BuildAsync(string query, string? session = null) => ImageCrashWorker.BuildAsync(Api, query, Dockerfile, session, []);

    private async Task<string> IdAsync(string image)
    {
        ApiAnswer answer = await Api.SendAsync(HttpMethod.Get, $"images/{image}/json");
        return answer.Status == 404 ? "" : (string)answer.Json["Id"]!;
    }

    private async Task<byte[]> LayoutAsync(string session) => (await Api.SendAsync(HttpMethod.Get, $"argosy/builds/{session}/cache-to/0")).Succeeded().Body;

    private async Task InSessionAsync(JsonObject? target, Func<string, Task> work)
    {
        string id = (string)(await Api.PostAsync("argosy/builds", new JsonObject { ["CacheTo"] = target is null ? new JsonArray() : new JsonArray(target) })).Json["Id"]!;
        try
        {
            await work(id);
        }
        finally
        {
            await Api.SendAsync(HttpMethod.Delete, $"argosy/builds/{id}");
        }
    }

    private static JsonObject Registry(string name) => new() { ["Type"] = "registry", ["Attrs"] = new JsonObject { ["ref"] = name } };

    private static JsonObject Local() => new() { ["Type"] = "local", ["Attrs"] = new JsonObject { ["mode"] = "max" } };
}
