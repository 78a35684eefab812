using System.Text.Json.Nodes;
using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.Interop;

/// <summary>What must not be pulled is refused with the reason, and nothing of it stays.</summary>
[Trait("Needs", "Root")]
public sealed class LyingRegistryTests : IAsyncLifetime
{
    private Argosyd us = null!;
    private LyingRegistry registry = null!;

    public async Task InitializeAsync()
    {
        us = await Argosyd.StartAsync(new PrivateDaemonOptions { WithBusybox = false });
        registry = await LyingRegistry.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await registry.DisposeAsync();
        await us.DisposeAsync();
    }

    [Fact]
    public async Task Images_that_are_not_what_they_say_are_refused_and_leave_nothing()
    {
        await RefusedAsync("schema1", "schema 1 are not supported");
        await RefusedAsync("foreign", "foreign layers are not supported");
        await RefusedAsync("shorter", "verification failed");
        await RefusedAsync("longer", "fewer than the");
        await RefusedAsync("other-layer", "filesystem layer verification failed for digest sha256:");
        await RefusedAsync("other-diff", "unpacks to sha256:");
        await RefusedAsync("other-config", "verification failed for digest sha256:");
        await RefusedAsync("other-count", "another number of layers");
        await RefusedAsync("corrupt", "failed to register layer sha256:");
        await RefusedAsync("elsewhere", "no matching manifest for linux/");
        await RefusedAsync("nested", "an index inside an index is not supported");
        await RefusedAsync("no-json", "invalid");
        await RefusedAsync("chart", "is no container image");
        await RefusedAsync("none", "manifest unknown");

        Assert.Empty((await us.Daemon.Api.GetAsync("images/json?all=1")).AsArray());
        Assert.Empty(Directory.EnumerateFileSystemEntries($"{us.Daemon.DataRoot}/content/ingest"));
        // The honest image comes after all that.
        Assert.Equal("", await PullAsync("right"));
        Assert.Single((await us.Daemon.Api.GetAsync("images/json?all=1")).AsArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task So_many_layers_are_fetched_at_once_as_the_settings_say(int most)
    {
        await using Argosyd limited = await Argosyd.StartAsync(new PrivateDaemonOptions { WithBusybox = false, Configuration = new JsonObject { ["max-concurrent-downloads"] = most } });
        registry.Together = most;
        ApiAnswer pulled = await limited.Daemon.Api.PostAsync($"images/create?fromImage={registry.Address}/a/b&tag=many");
        Assert.Contains("Downloaded newer image", pulled.Text, StringComparison.Ordinal);
        Assert.Equal(most, registry.Peak);
    }

    [Fact]
    public async Task A_registry_that_can_be_searched_is()
    {
        JsonArray found = (await us.Daemon.Api.GetAsync($"images/search?term={registry.Address}/web")).AsArray();
        Assert.Equal(["team/web", "web"], found.Select(item => (string?)item!["name"]));
        Assert.Equal((12, true, "of all"), ((int?)found[1]!["star_count"], (bool?)found[1]!["is_official"], (string?)found[1]!["description"]));
        Assert.Equal("web", (string?)Assert.Single((await us.Daemon.Api.GetAsync($"images/search?term={registry.Address}/web&filters={{\"stars\":[\"5\"]}}")).AsArray())!["name"]);
        Assert.Single((await us.Daemon.Api.GetAsync($"images/search?term={registry.Address}/web&limit=1")).AsArray());
        ApiAnswer tooMany = await us.Daemon.Api.SendAsync(HttpMethod.Get, $"images/search?term={registry.Address}/web&limit=101");
        Assert.Equal((400, "limit 101 is outside the range of [1, 100]"), (tooMany.Status, tooMany.Message));
    }

    private async Task RefusedAsync(string tag, string reason) => Assert.Contains(reason, await PullAsync(tag), StringComparison.Ordinal);

    /// <summary>The error, of the status or of the stream's last line; empty when there was none.</summary>
    private async Task<string> PullAsync(string tag)
    {
        ApiAnswer answer = await us.Daemon.Api.SendAsync(HttpMethod.Post, $"images/create?fromImage={registry.Address}/a/b&tag={tag}");
        string last = answer.Text.TrimEnd().Split('\n')[^1];
        JsonNode line = JsonNode.Parse(last)!;
        return answer.Status == 200 ? (string?)line["error"] ?? "" : (string?)line["message"] ?? "";
    }
}
