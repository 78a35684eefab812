using System.Text.Json.Nodes;
using Argosy.Testing;
using Xunit.Abstractions;

namespace Argosy.SystemTests;

/// <summary>kill -9 of the daemon at many instants. See <see cref="CrashRun"/>.</summary>
[Trait("Needs", "Root")]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Workers = 4;

    [Fact]
    public async Task Nothing_is_lost_whenever_the_daemon_is_killed()
    {
        (int kills, Random random) = CrashRun.Begin(output, kills: 50);
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        await daemon.Api.PostAsync("networks/create", new JsonObject { ["Name"] = CrashWorker.Network });
        Witness witness = await Witness.StartAsync(daemon);
        using var end = new CancellationTokenSource();
        CrashWorker[] workers = [.. Enumerable.Range(0, Workers).Select(number => new CrashWorker(daemon.Api, number, random.Next()))];
        Task[] running = [.. workers.Select(worker => worker.RunAsync(end.Token))];
        for (int kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(50, 1500));
            await daemon.KillAsync();
            await daemon.StartAgainAsync();
            await witness.CheckAsync();
        }
        await end.CancelAsync();
        await Task.WhenAll(running);
        foreach (CrashWorker worker in workers)
            await worker.CheckAsync();
        int acknowledged = workers.Sum(worker => worker.Acknowledged), lives = workers.Sum(worker => worker.Lives);
        output.WriteLine($"{kills} kills, {acknowledged} acknowledged operations, {lives} whole lives");
        // A worker whose every container gets stuck half-way proves nothing about what comes after.
        Assert.True(acknowledged > kills && lives > kills / 4, "the workers got something done");
        await witness.EndAsync();
    }

    [Fact]
    public async Task An_end_that_no_daemon_saw_has_its_exit_code()
    {
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync();
        string id = await daemon.Api.RunAsync(Containers.Script("sleep 0.5; exit 23"));
        int pid = (int)(await daemon.Api.InspectAsync(id))["State"]!["Pid"]!;
        await daemon.KillAsync();
        await Poll.UntilAsync(() => !Directory.Exists($"/proc/{pid}"), "the process has ended");
        await daemon.StartAgainAsync();
        JsonNode state = (await daemon.Api.InspectAsync(id))["State"]!;
        Assert.Equal(("exited", 23), ((string)state["Status"]!, (int)state["ExitCode"]!));
    }
}
