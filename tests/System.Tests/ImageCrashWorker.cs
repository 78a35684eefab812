using System.Collections.Concurrent;
using System.Formats.Tar;
using System.Net.Sockets;
using System.Text;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>
/// Does random things with images while the daemon dies under it. Images with names of its own are there when the daemon said so,
/// and gone when the daemon said so; the others are shared with the other workers, who take them away from it.
/// </summary>
internal sealed partial class ImageCrashWorker(EngineApi api, string registry, int images, byte[] archive, int number, int seed)
{
    private readonly Random random = new(seed);
    private readonly Dictionary<string, bool> known = [];
    private int count;

    /// <summary>How often each kind of thing was acknowledged.</summary>
    internal ConcurrentDictionary<string, int> Done { get; } = new();

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await TryAsync(StepAsync);
            await Task.Delay(10, CancellationToken.None);
        }
    }

    /// <summary>Does one thing once.</summary>
    internal Task DoAsync(string action) => TryAsync(Actions.Single(known => known.Name == action).Do);

    private async Task TryAsync(Func<Task<string>> step)
    {
        try
        {
            string did = await step();
            Done.AddOrUpdate(did, 1, (_, before) => before + 1);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or TaskCanceledException)
        {
            // The daemon died under the request: nobody knows whether it was done.
        }
    }

    /// <summary>Everything that was acknowledged is still so.</summary>
    internal async Task CheckAsync()
    {
        foreach ((string name, bool isThere) in known)
            Assert.Equal((name, isThere ? 200 : 404), (name, (await api.SendAsync(HttpMethod.Get, $"images/{name}/json")).Status));
    }

    /// <summary>Builds from a Dockerfile and files; throws when the build failed.</summary>
    internal static Task BuildAsync(EngineApi api, string tag, string dockerfile, params (string Name, byte[] Content)[] files) => BuildAsync(api, tag, dockerfile, null, files);

    internal static async Task BuildAsync(EngineApi api, string tag, string dockerfile, string? session, (string Name, byte[] Content)[] files)
    {
        using var context = new MemoryStream();
        await using (var tar = new TarWriter(context, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files.Append(("Dockerfile", Encoding.UTF8.GetBytes(dockerfile))))
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }
        context.Position = 0;
        string output = (await api.TryUploadAsync(HttpMethod.Post, $"build?t={tag}", context, session is null ? null : ("X-Argosy-Build", session))).Succeeded().Text;
        if (!output.Contains("Successfully tagged", StringComparison.Ordinal))
            throw output.Contains("\"error\"", StringComparison.Ordinal) ? new InvalidOperationException(output) : new IOException("the build's answer broke off");
    }

    internal static byte[] Noise(Random random, int size)
    {
        byte[] content = new byte[size];
        random.NextBytes(content);
        return content;
    }

    /// <summary>The things, each as often as it is to be done among the others.</summary>
    private (int Weight, string Name, Func<Task<string>> Do)[] Actions =>
    [
        (2, "pull", PullAsync), (2, "build", BuildAsync), (1, "load", LoadAsync), (1, "commit", CommitAsync), (1, "remove", RemoveOwnAsync), (1, "remove-shared", RemoveSharedAsync),
        (1, "prune", PruneAsync), (1, "export-registry", ExportToRegistryAsync), (1, "export-directory", ExportToDirectoryAsync), (2, "import-registry", ImportFromRegistryAsync), (1, "squash", SquashAsync),
    ];

    private Task<string> StepAsync()
    {
        int left = random.Next(Actions.Sum(action => action.Weight));
        return Actions.First(action => (left -= action.Weight) < 0).Do();
    }

    private async Task<string> PullAsync()
    {
        ApiAnswer answer = (await api.SendAsync(HttpMethod.Post, $"images/create?fromImage={registry}/img{random.Next(images)}&tag=latest")).Succeeded();
        // Another worker may remove the image at the moment between its making and its naming.
        Assert.True(!answer.Text.Contains("\"error\"", StringComparison.Ordinal) || answer.Text.Contains("No such image", StringComparison.Ordinal), answer.Text);
        return answer.Text.Contains("Status:", StringComparison.Ordinal) ? "pulls" : throw new IOException("the pull's answer broke off");
    }

    private async Task<string> BuildAsync()
    {
        string name = NextName();
        string step = random.Next(3) == 0 ? "RUN cat /f > /g\n" : "COPY f /g\n";
        await ThereAsync(name, () => BuildAsync(api, name, $"FROM busybox\nCOPY f /f\n{step}LABEL name={name}\n", ("f", Noise(random, random.Next(1, 300_000)))));
        return "builds";
    }

    private async Task<string> LoadAsync()
    {
        string output = await api.UploadAsync(HttpMethod.Post, "images/load?quiet=1", new MemoryStream(archive));
        Assert.True(!output.Contains("\"error\"", StringComparison.Ordinal) || output.Contains("No such image", StringComparison.Ordinal), output);
        return output.Contains("Loaded image", StringComparison.Ordinal) ? "loads" : throw new IOException("the load's answer broke off");
    }

    private async Task<string> CommitAsync()
    {
        string name = NextName();
        string container = await api.CreateAsync(Containers.Busybox("true"));
        using var files = new MemoryStream();
        await using (var tar = new TarWriter(files, leaveOpen: true))
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, "made") { DataStream = new MemoryStream(Noise(random, 100_000)) });
        files.Position = 0;
        await api.UploadAsync(HttpMethod.Put, $"containers/{container}/archive?path=/", files);
        await ThereAsync(name, () => api.PostAsync($"commit?container={container}&repo={name[..name.IndexOf(':')]}&tag={name[(name.IndexOf(':') + 1)..]}"));
        await api.RemoveAsync(container);
        return "commits";
    }

    private async Task<string> RemoveOwnAsync()
    {
        if (known.FirstOrDefault(image => image.Value).Key is not { } name)
            return "nothing";
        known.Remove(name);
        (await api.SendAsync(HttpMethod.Delete, $"images/{name}?force=1")).Succeeded();
        known[name] = false;
        return "removals";
    }

    private async Task<string> RemoveSharedAsync()
    {
        ApiAnswer answer = await api.SendAsync(HttpMethod.Delete, $"images/{registry}/img{random.Next(images)}?force=1");
        Assert.True(answer.Status is 200 or 404 or 409, answer.ToString());
        return "removals";
    }

    private async Task<string> PruneAsync()
    {
        await api.PostAsync(random.Next(2) == 0 ? "images/prune" : "build/prune");
        return "prunes";
    }

    /// <summary>From here until the answer, either is right.</summary>
    private async Task ThereAsync(string name, Func<Task> make)
    {
        known.Remove(name);
        await make();
        known[name] = true;
    }

    private string NextName() => $"w{number}:{count++}";
}
