using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary><c>builder.gc</c> of daemon.json, and the bounds of <c>POST /build/prune</c>.</summary>
[Trait("Needs", "Root")]
public sealed class BuildCachePolicyTests
{
    private const string Dockerfile = "FROM busybox\nRUN dd if=/dev/zero of=/first bs=1M count=2\nRUN --mount=type=cache,target=/c dd if=/dev/zero of=/c/second bs=1M count=1";

    [Fact]
    public async Task What_is_beyond_the_policys_bounds_goes_by_itself_after_a_build()
    {
        await using PrivateDaemon daemon = await StartAsync("""{"gc": {"policy": [{"filter": ["type==exec.cachemount"], "maxUsedSpace": "2.5MB"}, {"filter": ["unused-for=1000h"], "keepStorage": "1"}]}}""");
        using var client = new BuildClient(daemon);
        await client.BuildAsync("", Dockerfile);
        await Poll.UntilAsync(async () => await TypesAsync(daemon) is ["regular", "regular"], "the cache mount is collected");
    }

    [Fact]
    public async Task Collecting_can_be_switched_off_and_prunes_know_the_same_bounds()
    {
        await using PrivateDaemon daemon = await StartAsync("""{"gc": {"enabled": false, "policy": [{"all": true, "maxUsedSpace": "1b"}]}}""");
        using var client = new BuildClient(daemon);
        await client.BuildAsync("", Dockerfile);
        Assert.Equal(3, (await TypesAsync(daemon)).Length);
        Assert.Equal(0, await PruneAsync(daemon, "min-free-space=1"));
        Assert.Equal(0, await PruneAsync(daemon, $"min-free-space={long.MaxValue / 2}&reserved-space={1L << 40}"));
        Assert.Equal("Total reclaimed space: 0B", (await BuilderPruneAsync(daemon, "--keep-storage", "1GB")).Succeeded());
        Assert.Equal(1, await PruneAsync(daemon, $"max-used-space={(2 << 20) + 1000}&filters=%7B%22type%22%3A%5B%22exec.cachemount%22%5D%7D"));
        Assert.Equal(2, (await TypesAsync(daemon)).Length);
        Assert.Matches("^Deleted build cache objects:\n[0-9a-z]+\n[0-9a-z]+\n\nTotal reclaimed space: .*$", (await BuilderPruneAsync(daemon, "-a")).Succeeded());
        Assert.Empty(await TypesAsync(daemon));
    }

    [Theory]
    [InlineData("""{"gc": {"defaultKeepStorage": "much"}}""", "builder.gc: defaultReservedSpace: invalid size: 'much'")]
    [InlineData("""{"gc": {"policy": [{"maxUsedSpace": "101%"}]}}""", "builder.gc: maxUsedSpace: 101% is more than the disk")]
    [InlineData("""{"gc": {"policy": [{"filter": ["shared=1"]}]}}""", "builder.gc.policy: filter shared=1")]
    [InlineData("""{"gc": {"keep": "1GB"}}""", "keep")]
    public async Task A_policy_that_cannot_be_read_stops_the_start(string builder, string message)
    {
        string root = Directory.CreateTempSubdirectory("argosy-policy-").FullName;
        await File.WriteAllTextAsync($"{root}/daemon.json", $$"""{"builder": {{builder}}}""");
        ShellResult refused = await Shell.RunAsync(Repository.Daemon, ["--data-root", $"{root}/data", "--exec-root", $"{root}/run", "--instance", "atpolicy", "--config", $"{root}/daemon.json"]);
        Directory.Delete(root, recursive: true);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(message, refused.Error + refused.Output, StringComparison.Ordinal);
    }

    private static Task<PrivateDaemon> StartAsync(string builder) =>
        PrivateDaemon.StartAsync(new PrivateDaemonOptions { Configuration = new JsonObject { ["builder"] = JsonNode.Parse(builder) } });

    private static Task<ShellResult> BuilderPruneAsync(PrivateDaemon daemon, params string[] options) =>
        Shell.RunAsync(Repository.Cli, ["-H", daemon.Host, "builder", "prune", "-f", .. options]);

    private static async Task<string?[]> TypesAsync(PrivateDaemon daemon) =>
        [.. (await daemon.Api.GetAsync("system/df"))["BuildCache"]!.AsArray().Select(entry => (string?)entry!["Type"])];

    private static async Task<int> PruneAsync(PrivateDaemon daemon, string query) =>
        (await daemon.Api.PostAsync($"build/prune?{query}")).Json["CachesDeleted"]!.AsArray().Count;
}
