using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Does random things with containers while the daemon dies under it, and keeps what was acknowledged; later that must be true.</summary>
internal sealed class CrashWorker(EngineApi api, int number, int seed)
{
    private enum State
    {
        Created,
        Running,
        Stopped,
        Removed,
    }

    private readonly Random random = new(seed);
    private readonly ConcurrentDictionary<string, State> known = new();
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
        foreach ((string name, State state) in known)
        {
            ApiAnswer answer = await api.SendAsync(HttpMethod.Get, $"containers/{name}/json");
            string actual = answer.Status == 404 ? "removed" : (string)answer.Succeeded().Json["State"]!["Status"]!;
            string expected = state switch { State.Created => "created", State.Running => "running", State.Stopped => "exited", _ => "removed" };
            Assert.Equal((name, expected), (name, actual));
            if (state == State.Stopped)
                Assert.Equal(ExitCode(name), (int)answer.Json["State"]!["ExitCode"]!);
        }
    }

    private async Task LifeAsync(string name, CancellationToken cancellationToken)
    {
        // Says its number at its end; SIGTERM makes it end.
        JsonObject body = Containers.Script($"trap 'exit {ExitCode(name)}' TERM; sleep 100000 & wait");
        await StepAsync(name, State.Created, $"containers/create?name={name}", body);
        if (Leaves(cancellationToken))
            return;
        await StepAsync(name, State.Running, $"containers/{name}/start");
        if (random.Next(2) == 0)
        {
            ShellResult exec = await api.ExecAsync(name, "sh", "-c", "exit 11");
            Assert.Equal(11, exec.ExitCode);
        }
        if (Leaves(cancellationToken))
            return;
        // The shell has its trap when it has a child.
        await ReadyAsync(name);
        await StepAsync(name, State.Stopped, $"containers/{name}/stop?t=20");
        if (Leaves(cancellationToken))
            return;
        known.TryRemove(name, out _);
        ApiAnswer answer = await api.SendAsync(HttpMethod.Delete, $"containers/{name}");
        Done(name, State.Removed, answer);
        Lives++;
    }

    private async Task ReadyAsync(string name)
    {
        ShellResult? last = null;
        try
        {
            await Poll.UntilAsync(async () => (last = await api.ExecAsync(name, "pidof", "sleep")).ExitCode == 0, "its child runs");
        }
        catch (TimeoutException exception)
        {
            ShellResult processes = await api.ExecAsync(name, "ps");
            throw new InvalidOperationException($"{name}: {exception.Message}\n{last}\n{processes}\n{(await api.InspectAsync(name))["State"]}", exception);
        }
    }

    private async Task StepAsync(string name, State state, string path, JsonObject? body = null)
    {
        // From here until the answer either state is right.
        known.TryRemove(name, out _);
        Done(name, state, await api.SendAsync(HttpMethod.Post, path, body));
    }

    private void Done(string name, State state, ApiAnswer answer)
    {
        answer.Succeeded();
        known[name] = state;
        Acknowledged++;
    }

    private bool Leaves(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested || random.Next(6) == 0;

    private static int ExitCode(string name) => 30 + (name.Sum(character => character) % 60);
}
