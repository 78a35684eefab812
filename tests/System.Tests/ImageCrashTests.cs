using System.Globalization;
using System.Text.Json.Nodes;
using Argosy.Testing;
using Xunit.Abstractions;

namespace Argosy.SystemTests;

/// <summary>
/// kill -9 at random instants of pulls, builds, loads, commits, removals and prunes that run beside each other. ARGOSY_CRASH_SEED
/// repeats a run, ARGOSY_CRASH_KILLS makes it longer.
/// </summary>
[Trait("Needs", "Root")]
public sealed class ImageCrashTests(ITestOutputHelper output)
{
    private const int Workers = 4, Images = 3;

    [Fact]
    public async Task No_image_is_broken_and_no_byte_is_left_whenever_the_daemon_is_killed()
    {
        int seed = int.Parse(Environment.GetEnvironmentVariable("ARGOSY_CRASH_SEED") ?? $"{Random.Shared.Next(1_000_000)}", CultureInfo.InvariantCulture);
        int kills = int.Parse(Environment.GetEnvironmentVariable("ARGOSY_CRASH_KILLS") ?? "20", CultureInfo.InvariantCulture);
        output.WriteLine($"ARGOSY_CRASH_SEED={seed}");
        var random = new Random(seed);
        await using RegistryProcess registry = await RegistryProcess.StartAsync();
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
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
