using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Argosy.Testing;

/// <summary>
/// An argosyd of a test's own: roots in a short path below /tmp, an instance name and address ranges that no other daemon has.
/// Disposing it removes everything through the API, stops it, and throws when anything of it is left on the host.
/// </summary>
public sealed class PrivateDaemon : IAsyncDisposable
{
    private readonly PrivateDaemonOptions options;
    private Process? process;

    private PrivateDaemon(PrivateDaemonOptions options)
    {
        this.options = options;
        Root = options.Root ?? $"/tmp/argosy-t-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(3))}";
        Instance = "at" + Root[(Root.LastIndexOf('-') + 1)..];
        Api = new EngineApi(Socket);
        Directory.CreateDirectory(Root);
        File.WriteAllText(Path.Combine(Root, "daemon.json"), Configuration().ToJsonString());
    }

    /// <summary>The directory with everything of this daemon in it.</summary>
    public string Root { get; }

    /// <summary>The name in its kernel objects.</summary>
    public string Instance { get; }

    /// <summary>Its socket.</summary>
    public string Socket => Path.Combine(Root, "run/argosy.sock");

    /// <summary>DOCKER_HOST for clients.</summary>
    public string Host => "unix://" + Socket;

    /// <summary>Where images, containers and volumes are.</summary>
    public string DataRoot => options.DataRoot ?? Path.Combine(Root, "data");

    /// <summary>Where run-time files are.</summary>
    public string ExecRoot => Path.Combine(Root, "run");

    /// <summary>The daemon's process.</summary>
    public int ProcessId => process?.Id ?? throw new InvalidOperationException("the daemon does not run");

    /// <summary>The API of this daemon.</summary>
    public EngineApi Api { get; }

    /// <summary>Everything that this daemon has on the host at present.</summary>
    public HostSnapshot Snapshot() => HostSnapshot.Of(Root, Instance);

    /// <summary>The daemon's log so far.</summary>
    public string Log => File.Exists(LogPath) ? File.ReadAllText(LogPath) : "";

    private string LogPath => Path.Combine(Root, "log");

    /// <summary>Starts a daemon and waits until it answers.</summary>
    public static async Task<PrivateDaemon> StartAsync(PrivateDaemonOptions? options = null)
    {
        var daemon = new PrivateDaemon(options ?? new PrivateDaemonOptions());
        await daemon.StartAgainAsync();
        if (daemon.options.WithBusybox)
            await daemon.Api.ImportBusyboxAsync();
        return daemon;
    }

    /// <summary>Starts it again on the same roots, after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        // Through a shell, so that the log goes to a file without this process between.
        process = Process.Start(new ProcessStartInfo("/bin/sh",
            ["-c", "exec \"$0\" \"$@\" >>\"$LOG\" 2>&1 </dev/null", .. options.Through, Repository.Daemon, .. Arguments()])
        { Environment = { ["LOG"] = LogPath } })!;
        try
        {
            await Poll.UntilAsync(AnswersAsync, $"{Repository.Daemon} answers on {Socket}", TimeSpan.FromSeconds(30));
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException($"{exception.Message}\n{Log}", exception);
        }
    }

    /// <summary>kill -9: the daemon has no chance to do anything.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    public async Task StopAsync()
    {
        if (process is null or { HasExited: true })
            return;
        await Shell.RunAsync("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try
        {
            await process.WaitForExitAsync(cancel.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"argosyd did not end within 15 s of SIGTERM\n{Tail()}");
        }
    }

    /// <summary>Removes all containers, user networks and volumes through the API.</summary>
    public async Task RemoveAllAsync()
    {
        foreach (JsonNode? container in (await Api.GetAsync("containers/json?all=1")).AsArray())
            await IgnoringMissingAsync($"containers/{container!["Id"]}?force=1&v=1");
        foreach (JsonNode? network in (await Api.GetAsync("networks")).AsArray())
            if ((string?)network!["Name"] is not ("bridge" or "host" or "none"))
                await IgnoringMissingAsync($"networks/{network["Id"]}");
        foreach (JsonNode? volume in (await Api.GetAsync("volumes"))["Volumes"]?.AsArray() ?? [])
            await IgnoringMissingAsync($"volumes/{volume!["Name"]}?force=1");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        HostSnapshot left;
        Exception? failure = null;
        try
        {
            if (process is null or { HasExited: true })
                await StartAgainAsync();
            await RemoveAllAsync();
            await StopAsync();
        }
        catch (Exception exception) when (exception is TimeoutException or InvalidOperationException or HttpRequestException)
        {
            failure = exception;
        }
        finally
        {
            // cgroups and mounts of a process that just ended go within a moment.
            await Task.WhenAny(Poll.UntilAsync(() => Snapshot().IsEmpty, "nothing left", TimeSpan.FromSeconds(3)));
            left = Snapshot();
        }
        string tail = Tail();
        if (process is { HasExited: false })
            process.Kill();
        await left.RemoveAsync();
        Api.Dispose();
        process?.Dispose();
        // Not Directory.Delete: layers may have names that are no UTF-8.
        await Shell.RunAsync("rm", ["-rf", Root]);
        if (failure is not null || !left.IsEmpty)
            throw new InvalidOperationException($"daemon {Root}: {failure?.Message}\nleft on the host:\n{left}\nits log ends with:\n{tail}", failure);
    }

    private IEnumerable<string> Arguments() =>
        ["--data-root", DataRoot, "--exec-root", ExecRoot, "--instance", Instance, "--config", Path.Combine(Root, "daemon.json"), .. options.Arguments];

    private JsonObject Configuration()
    {
        int second = AddressRange.Next();
        var configuration = new JsonObject
        {
            ["bip"] = $"10.{second}.0.1/24",
            ["default-address-pools"] = new JsonArray(new JsonObject { ["base"] = $"10.{second}.128.0/17", ["size"] = 24 }),
        };
        foreach ((string key, JsonNode? value) in options.Configuration)
            configuration[key] = value?.DeepClone();
        return configuration;
    }

    private async Task<bool> AnswersAsync()
    {
        if (process!.HasExited)
            throw new InvalidOperationException($"argosyd ended with {process.ExitCode}\n{Log}");
        try
        {
            return (await Api.SendAsync(HttpMethod.Get, "/_ping")).Status == 200;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task IgnoringMissingAsync(string path)
    {
        ApiAnswer answer = await Api.SendAsync(HttpMethod.Delete, path);
        if (answer.Status != 404)
            answer.Succeeded();
    }

    private string Tail() => string.Join('\n', Log.Split('\n').TakeLast(40));
}
