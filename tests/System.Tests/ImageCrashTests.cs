using System.Diagnostics;
using System.Text.Json.Nodes;
using Argosy.Testing;
using Xunit.Abstractions;

namespace Argosy.SystemTests;

/// <summary>
/// kill -9 at instants of pulls, builds (with caches that come and go, and squashed), loads, commits, removals, prunes and the cache's own
/// collecting that run beside each other. See <see cref="CrashRun"/>.
/// </summary>
[Trait("Needs", "Root")]
public sealed class ImageCrashTests(ITestOutputHelper output)
{
    private const int Workers = 4, Images = 3;

    [Fact]
    public async Task No_image_is_broken_and_no_byte_is_left_whenever_the_daemon_is_killed()
    {
        (int kills, Random random) = CrashRun.Begin(output, kills: 20);
        await using RegistryProcess registry = await RegistryProcess.StartAsync();
        await using PrivateDaemon daemon = await StartAsync();
        byte[] archive = await FillAsync(daemon.Api, registry, random);
        using var end = new CancellationTokenSource();
        ImageCrashWorker[] workers = [.. Enumerable.Range(0, Workers).Select(number => new ImageCrashWorker(daemon.Api, registry.Address, Images, archive, number, random.Next()))];
        Task[] running = [.. workers.Select(worker => worker.RunAsync(end.Token))];
        for (int kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(20, 900));
            await daemon.KillAsync();
            await daemon.StartAgainAsync();
            // Beside the workers, which have begun again: no false alarms.
            if (kill % 4 == 0)
                await CheckAsync(daemon.Api, quick: kill % 8 == 0);
        }
        await end.CancelAsync();
        await Task.WhenAll(running);
        foreach (ImageCrashWorker worker in workers)
            await worker.CheckAsync();
        output.WriteLine(string.Join(", ", workers.SelectMany(worker => worker.Done).GroupBy(done => done.Key).Select(group => $"{group.Key} {group.Sum(done => done.Value)}")));
        Assert.True(workers.Sum(worker => worker.Done.Values.Sum()) > kills, "the workers got something done");

        await daemon.KillAsync();
        await daemon.StartAgainAsync();
        JsonNode whole = await CheckAsync(daemon.Api);
        Assert.Equal(0, (long)whole["UnreferencedBytes"]!);
        await EmptyAsync(daemon);
    }

    [Theory]
    [InlineData("export-registry")]
    [InlineData("export-directory")]
    [InlineData("import-registry")]
    [InlineData("squash")]
    [InlineData("build")]
    public async Task No_image_is_broken_whatever_instant_of_one_thing_the_daemon_is_killed_at(string action)
    {
        (int kills, Random random) = CrashRun.Begin(output, kills: 4);
        await using RegistryProcess registry = await RegistryProcess.StartAsync();
        await using PrivateDaemon daemon = await StartAsync();
        var worker = new ImageCrashWorker(daemon.Api, registry.Address, Images, [], number: 0, random.Next());
        foreach (string before in (string[])["export-registry", "export-registry", action])
            await worker.DoAsync(before);
        double longest = 0;
        for (int kill = 0; kill <= kills; kill++)
        {
            // What is known is not done again; "build" alone leaves something for the cache's own collecting.
            if (action != "build")
                await daemon.Api.PostAsync("build/prune?all=1");
            long began = Stopwatch.GetTimestamp();
            Task doing = worker.DoAsync(action);
            if (kill == 0)
            {
                await doing;
                longest = Stopwatch.GetElapsedTime(began).TotalMilliseconds + (action == "build" ? 200 : 0);
                continue;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * longest));
            await daemon.KillAsync();
            await doing;
            await daemon.StartAgainAsync();
            await CheckAsync(daemon.Api);
        }
        await worker.CheckAsync();
        output.WriteLine($"one takes {longest:0} ms; {string.Join(", ", worker.Done)}");
        await EmptyAsync(daemon);
    }

    /// <summary>After a start the first build collects: what is beyond the bounds goes while others build on it.</summary>
    private static Task<PrivateDaemon> StartAsync()
    {
        JsonNode bounds = JsonNode.Parse("""{"gc": {"policy": [{"all": true, "maxUsedSpace": "1MB"}]}}""")!;
        return PrivateDaemon.StartAsync(new PrivateDaemonOptions { Configuration = new JsonObject { ["builder"] = bounds } });
    }

    /// <summary>After a full prune there is not a byte.</summary>
    private static async Task EmptyAsync(PrivateDaemon daemon)
    {
        await daemon.RemoveAllAsync();
        await daemon.Api.PostAsync("build/prune?all=1");
        await daemon.Api.PostAsync("images/prune?filters=" + Uri.EscapeDataString("""{"dangling":["false"]}"""));
        JsonNode empty = await CheckAsync(daemon.Api);
        Assert.Equal((0, 0, 0), ((int)empty["Blobs"]!, (int)empty["Layers"]!, (int)empty["Images"]!));
        Assert.Equal([], Directory.EnumerateFiles(Path.Combine(daemon.DataRoot, "content/blobs"), "*", SearchOption.AllDirectories));
        Assert.Equal([], Directory.EnumerateFileSystemEntries(Path.Combine(daemon.DataRoot, "content/ingest")));
        Assert.Equal([".empty", ".new", ".trash"], Directory.EnumerateFileSystemEntries(Path.Combine(daemon.DataRoot, "layers"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order());
    }

    private static async Task<JsonNode> CheckAsync(EngineApi api, bool quick = false)
    {
        JsonNode report = (await api.PostAsync("argosy/system/fsck" + (quick ? "?quick=1" : ""))).Json;
        Assert.True(report["Faults"]!.AsArray().Count == 0, report.ToJsonString());
        return report;
    }

    /// <summary>Puts images of several layers into the registry, and gives one of them as an archive.</summary>
    private static async Task<byte[]> FillAsync(EngineApi api, RegistryProcess registry, Random random)
    {
        for (int image = 0; image < Images; image++)
        {
            string name = $"{registry.Address}/img{image}";
            await ImageCrashWorker.BuildAsync(api, name, "FROM busybox\nCOPY a /a\nCOPY b /b\nCOPY c /c\n", [.. "abc".Select(file => ($"{file}", ImageCrashWorker.Noise(random, 2_000_000)))]);
            ApiAnswer pushed = await api.PostAsync($"images/{name}/push?tag=latest");
            Assert.DoesNotContain("\"error\"", pushed.Text, StringComparison.Ordinal);
        }
        return (await api.SendAsync(HttpMethod.Get, $"images/{registry.Address}/img0/get")).Succeeded().Body;
    }
}
