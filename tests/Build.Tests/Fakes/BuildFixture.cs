using System.Collections.Concurrent;
using System.Text.Json;
using Argosy.Build.Cache;
using Argosy.Build.Checks;
using Argosy.Build.Execution;
using Argosy.Core;
using Argosy.Store;

namespace Argosy.Build.Tests.Fakes;

/// <summary>A builder on fakes and a temporary directory, with a context to write into.</summary>
public sealed class BuildFixture : IAsyncDisposable
{
    private readonly string directory = System.IO.Directory.CreateTempSubdirectory("argosy-build-").FullName;
    private readonly StateStore store;
    private readonly BuildCache cache;
    private readonly CacheMounts mounts;
    private readonly FakeOutput output = new();
    private readonly HttpClient http = new();
    private Dictionary<string, string> files = [];

    public BuildFixture()
    {
        store = StateStore.Open(Path.Combine(directory, "state.db"));
        mounts = new CacheMounts(store, new DaemonPaths(directory, directory), TimeProvider.System);
        cache = new BuildCache(store, mounts, TimeProvider.System);
        Images = new FakeImages(directory);
        Images.AddBase("base", """
            {"architecture":"amd64","os":"linux","created":"2024-01-02T03:04:05Z","x-kept":1,
             "config":{"Env":["PATH=/bin","A=base"],"Cmd":["base-cmd"],"StopTimeout":5},
             "rootfs":{"type":"layers","diff_ids":[]},"history":[{"created":"2024-01-02T03:04:05Z","created_by":"base","empty_layer":true}]}
            """);
        Images.AddBase("trigger", """
            {"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"OnBuild":["ENV FROM_TRIGGER=1","COPY a /from-trigger"]},
             "rootfs":{"type":"layers","diff_ids":[]}}
            """);
    }

    internal FakeImages Images { get; }

    internal FakeRunner Runner { get; } = new();

    internal BuildCache Cache => cache;

    internal CacheMounts Mounts => mounts;

    public string Directory => directory;

    public string Output => output.Text;

    /// <summary>Whether the graph is asked for.</summary>
    public bool Traces { get => output.Traces; init => output.Traces = value; }

    internal ConcurrentQueue<BuildTrace> Traced => output.Traced;

    public BuildFixture With(string path, string content)
    {
        files[path] = content;
        return this;
    }

    /// <summary>Builds, and gives the image's configuration. Every build gets a fresh copy of the context, as from a client.</summary>
    internal async Task<BuiltImage> BuildAsync(string dockerfile, Func<BuildRequest, BuildRequest>? change = null)
    {
        string context = NewContext(dockerfile);
        var request = new BuildRequest { ContextPath = context };
        var builder = new ImageBuilder(Runner, cache, mounts, http, TimeProvider.System);
        BuildReport report = await builder.BuildAsync(change?.Invoke(request) ?? request, Images, output, CancellationToken.None);
        Digest id = report.Id;
        JsonElement json = JsonDocument.Parse(Images.Created[id.ToString()]).RootElement;
        Digest[] layers = [.. json.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(layer => Digest.Parse(layer.GetString()!))];
        return new BuiltImage(id, json, layers, Images.TreeOf(layers)) { Report = report };
    }

    /// <summary>Checks, and builds nothing.</summary>
    public CheckReport Check(string dockerfile, Func<BuildRequest, BuildRequest>? change = null)
    {
        var request = new BuildRequest { ContextPath = NewContext(dockerfile) };
        return ImageBuilder.Check(change?.Invoke(request) ?? request, Images);
    }

    private string NewContext(string dockerfile)
    {
        string context = Path.Combine(directory, "context-" + RandomId.Next()[..8]);
        foreach ((string path, string content) in files.Append(KeyValuePair.Create("Dockerfile", dockerfile)))
        {
            string full = Path.Combine(context, path);
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, content);
        }
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await store.DisposeAsync();
        System.IO.Directory.Delete(directory, recursive: true);
    }
}
