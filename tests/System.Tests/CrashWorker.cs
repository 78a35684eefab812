using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Does random things with containers while the daemon dies under it, and keeps what was acknowledged; later that must be true.</summary>
internal sealed class CrashWorker(EngineApi api, int number, int seed)
{
    /// <summary>The network that containers are connected to; the test makes it.</summary>
    internal const string Network = "crash";

    private const int TermExitCode = 41, KillExitCode = 137;

    private readonly Random random = new(seed);
    private readonly ConcurrentDictionary<string, Acknowledgement> known = new();
    private int count;

    internal int Acknowledged { get; private set; }

    /// <summary>How many containers went the whole way to their removal.</summary>
    internal int Lives { get; private set; }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await LifeAsync($"w{number}-{count++}", cancellationToken);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or TaskCanceledException)
            {
                // The daemon died under the request: nobody knows whether it was done. The container is not checked further.
            }
            await Task.Delay(20, CancellationToken.None);
        }
    }

    /// <summary>Everything that was acknowledged is still so.</summary>
    internal async Task CheckAsync()
    {
        foreach ((string id, Acknowledgement expected) in known)
            Assert.Equal((id, expected), (id, await ReadAsync(id)));
    }

    private async Task<Acknowledgement> ReadAsync(string id)
    {
        ApiAnswer answer = await api.SendAsync(HttpMethod.Get, $"containers/{id}/json");
        if (answer.Status == 404)
            return Acknowledgement.Removed;
        JsonNode container = answer.Succeeded().Json;
        return new Acknowledgement(
            (string)container["State"]!["Status"]!,
            (string)container["Name"]!,
            (int)container["State"]!["ExitCode"]!,
            (long)container["HostConfig"]!["Memory"]!,
            container["NetworkSettings"]!["Networks"]![Network] is not null);
    }

    private async Task LifeAsync(string name, CancellationToken cancellationToken)
    {
        // Says its number at its end; SIGTERM makes it end.
        string id = await api.CreateAsync(Containers.Script($"trap 'exit {TermExitCode}' TERM; sleep 100000 & wait"), name);
        Note(id, new Acknowledgement("created", "/" + name, 0, 0, false));
        if (Leaves(cancellationToken))
            return;
        await StepAsync(id, state => state with { Status = "running" }, "start");
        for (int steps = random.Next(4); steps > 0; steps--)
            await ChangeAsync(id, name);
        if (Leaves(cancellationToken))
            return;
        if (random.Next(3) == 0)
        {
            await StepAsync(id, state => state with { Status = "exited", ExitCode = KillExitCode }, "kill");
            // Kill answers when the signal is sent.
            await api.WaitAsync(id);
        }
        else
        {
            await ReadyAsync(id);
            await StepAsync(id, state => state with { Status = "exited", ExitCode = TermExitCode }, "stop?t=20");
        }
        if (Leaves(cancellationToken))
            return;
        known.TryRemove(id, out _);
        (await api.SendAsync(HttpMethod.Delete, $"containers/{id}")).Succeeded();
        Note(id, Acknowledgement.Removed);
        Lives++;
    }

    /// <summary>Something that a running container can take.</summary>
    private async Task ChangeAsync(string id, string name)
    {
        switch (random.Next(4))
        {
            case 0:
                Assert.Equal(11, (await api.ExecAsync(id, "sh", "-c", "exit 11")).ExitCode);
                break;
            case 1:
                string renamed = $"{name}-{random.Next(1_000_000)}";
                await StepAsync(id, state => state with { Name = "/" + renamed }, $"rename?name={renamed}");
                break;
            case 2:
                long memory = random.Next(32, 512) * 1024L * 1024;
                await StepAsync(id, state => state with { Memory = memory }, "update", new JsonObject { ["Memory"] = memory, ["MemorySwap"] = -1 });
                break;
            default:
                if (!known.TryRemove(id, out Acknowledgement? before))
                    break;
                string verb = before.Connected ? "disconnect" : "connect";
                await api.PostAsync($"networks/{Network}/{verb}", new JsonObject { ["Container"] = id });
                Note(id, before with { Connected = !before.Connected });
                break;
        }
    }

    /// <summary>The shell has its trap when it has a child.</summary>
    private async Task ReadyAsync(string id)
    {
        ShellResult? last = null;
        try
        {
            await Poll.UntilAsync(async () => (last = await api.ExecAsync(id, "pidof", "sleep")).ExitCode == 0, "its child runs");
        }
        catch (TimeoutException exception)
        {
            ShellResult processes = await api.ExecAsync(id, "ps");
            throw new InvalidOperationException($"{id}: {exception.Message}\n{last}\n{processes}\n{(await api.InspectAsync(id))["State"]}", exception);
        }
    }

    private async Task StepAsync(string id, Func<Acknowledgement, Acknowledgement> change, string verb, JsonObject? body = null)
    {
        // From here until the answer either state is right.
        Assert.True(known.TryRemove(id, out Acknowledgement? before));
        await api.PostAsync($"containers/{id}/{verb}", body);
        Note(id, change(before));
    }

    private void Note(string id, Acknowledgement state)
    {
        known[id] = state;
        Acknowledged++;
    }

    private bool Leaves(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested || random.Next(8) == 0;

    /// <summary>What the daemon said was done.</summary>
    private sealed record Acknowledgement(string Status, string Name, int ExitCode, long Memory, bool Connected)
    {
        internal static Acknowledgement Removed { get; } = new("removed", "", 0, 0, false);
    }
}
