using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>What one engine built is not built again by another: caches in a registry, in a directory, and in images.</summary>
[Trait("Needs", "Root")]
public sealed class BuildCacheTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>, IAsyncLifetime
{
    private const string Dockerfile = """
        FROM busybox AS made
        COPY source /source
        # What is made here and what is copied of it later are one layer.
        RUN cat /source /proc/sys/kernel/random/uuid > /made
        FROM busybox
        WORKDIR /work
        COPY --from=made /made /made
        RUN cat /proc/sys/kernel/random/uuid > /random
        CMD ["true"]
        """;

    private readonly PrivateDaemon first = fixture.Daemon;
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-cache-").FullName;
    private PrivateDaemon second = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (second is not null)
            await second.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>The engine that has nothing but the base image.</summary>
    private async Task StartSecondAsync()
    {
        second = await PrivateDaemon.StartAsync(new PrivateDaemonOptions { WithBusybox = false });
        using var archive = new MemoryStream((await first.Api.SendAsync(HttpMethod.Get, "images/busybox/get")).Body);
        await second.Api.UploadAsync(HttpMethod.Post, "images/load", archive);
    }

    [Theory]
    [InlineData("min", 3)]
    [InlineData("max", 4)]
    public async Task A_cache_in_a_registry_serves_an_engine_that_has_nothing(string mode, int layers)
    {
        await StartSecondAsync();
        await using RegistryProcess registry = await RegistryProcess.StartAsync();
        string cache = $"{registry.Address}/cache:{mode}";
        await ExportAsync(first, new JsonObject { ["Type"] = "registry", ["Attrs"] = new JsonObject { ["ref"] = cache, ["mode"] = mode } }, $"t=made:{mode}");
        JsonNode manifest = JsonNode.Parse((await Shell.RunAsync("curl", ["-s", "-H", "Accept: application/vnd.oci.image.manifest.v1+json", $"http://{registry.Address}/v2/cache/manifests/{mode}"])).Output)!;
        Assert.Equal("application/vnd.argosy.buildcache.config.v1+json", (string?)manifest["config"]!["mediaType"]);
        Assert.Equal(layers, manifest["layers"]!.AsArray().Count);
        string text = await BuildAsync(second, $"t=made:1&cachefrom={Uri.EscapeDataString($"[\"{cache}\"]")}");
        Assert.Equal(5, Hits(text));
        Assert.Equal(await IdAsync(first, $"made:{mode}"), await IdAsync(second, "made:1"));
        // From now on they are its own.
        Assert.Contains("---> Using cache", await BuildAsync(second, "t=made:2"), StringComparison.Ordinal);
        await CheckAsync();
    }

    [Fact]
    public async Task A_cache_in_a_directory_serves_an_engine_that_has_nothing_and_what_it_does_not_need_goes_on_from_there()
    {
        await StartSecondAsync();
        string session = await ExportAsync(first, new JsonObject { ["Type"] = "local", ["Attrs"] = new JsonObject { ["mode"] = "max" } }, "t=made:dir");
        byte[] layout = (await first.Api.SendAsync(HttpMethod.Get, $"argosy/builds/{session}/cache-to/0")).Succeeded().Body;
        await first.Api.DeleteAsync($"argosy/builds/{session}");
        Assert.Equal(404, (await first.Api.SendAsync(HttpMethod.Get, $"argosy/builds/{session}/cache-to/0")).Status);
        // A layer of the first stage is never fetched; it is exported all the same.
        string next = await BeginAsync(second, new JsonObject { ["Type"] = "local", ["Attrs"] = new JsonObject { ["mode"] = "max" } });
        await HandOverAsync(next, layout);
        Assert.Equal(5, Hits(await BuildAsync(second, "t=made:dir", next)));
        byte[] again = (await second.Api.SendAsync(HttpMethod.Get, $"argosy/builds/{next}/cache-to/0")).Succeeded().Body;
        Assert.Equal(Names(layout), Names(again));
        Assert.Equal(await IdAsync(first, "made:dir"), await IdAsync(second, "made:dir"));
        await second.Api.DeleteAsync($"argosy/builds/{next}");
        Assert.DoesNotContain("build-", string.Join('\n', second.Snapshot().Files), StringComparison.Ordinal);
        await CheckAsync();
    }

    [Fact]
    public async Task A_pushed_image_is_a_cache_for_what_its_history_tells_and_for_everything_when_it_keeps_its_cache()
    {
        await StartSecondAsync();
        await using RegistryProcess registry = await RegistryProcess.StartAsync();
        string name = $"{registry.Address}/app:1";
        await BuildAsync(first, $"t={name}&buildargs=%7B%22BUILDKIT_INLINE_CACHE%22%3A%221%22%7D");
        await first.Api.PostAsync($"images/{registry.Address}/app/push?tag=1");
        string text = await BuildAsync(second, $"t=made:inline&cachefrom={Uri.EscapeDataString($"[\"{name}\"]")}");
        // Of the first stage an image says nothing; once it is built anew, what is copied of it is something else.
        Assert.Equal(1, Hits(text));
        await first.Api.DeleteAsync($"images/{name}");
        const string Simple = "FROM busybox\nENV A=1\nRUN cat /proc/sys/kernel/random/uuid > /random\nWORKDIR /made";
        string plain = $"{registry.Address}/plain:1";
        using var client = new BuildClient(first);
        await client.BuildAsync($"t={plain}", Simple);
        await first.Api.PostAsync($"images/{registry.Address}/plain/push?tag=1");
        using var taker = new BuildClient(second);
        Assert.Equal(2, Hits(await taker.BuildAsync($"t=plain:1&cachefrom={Uri.EscapeDataString($"[\"{plain}\"]")}", Simple)));
        Assert.Equal(await IdAsync(first, plain), await IdAsync(second, "plain:1"));
    }

    [Theory]
    [InlineData("layer", "cannot be used")]
    [InlineData("config", "verification failed")]
    [InlineData("manifest", "verification failed")]
    [InlineData("foreign", "content of another kind (application/vnd.buildkit.cacheconfig.v0)")]
    [InlineData("nothing", "index.json is missing")]
    public async Task A_cache_that_is_damaged_or_foreign_is_left_out_with_a_warning(string damage, string warning)
    {
        await StartSecondAsync();
        string session = await ExportAsync(first, new JsonObject { ["Type"] = "local" }, "");
        byte[] layout = (await first.Api.SendAsync(HttpMethod.Get, $"argosy/builds/{session}/cache-to/0")).Succeeded().Body;
        await first.Api.DeleteAsync($"argosy/builds/{session}");
        string next = await BeginAsync(second, null);
        await HandOverAsync(next, Damage(layout, damage));
        string text = await BuildAsync(second, "t=made:damaged", next);
        Assert.Contains(warning, text, StringComparison.Ordinal);
        Assert.Equal(damage == "layer", text.Contains("the build begins again without it", StringComparison.Ordinal));
        Assert.DoesNotContain("---> Using cache", text[(text.LastIndexOf("Step 1/", StringComparison.Ordinal))..], StringComparison.Ordinal);
        await CheckAsync();
    }

    [Fact]
    public async Task An_export_that_fails_fails_the_build_unless_its_errors_are_ignored()
    {
        string nowhere = $"{Ports.Own(5000)}/cache";
        string session = await BeginAsync(first, Registry(nowhere, ignore: false));
        using var client = new BuildClient(first) { Session = session };
        (_, string? error) = await client.TryAsync("t=exported:1", Dockerfile, default, ("source", "1"));
        Assert.Contains("connection refused", error, StringComparison.Ordinal);
        string text = await BuildAsync(first, "t=exported:2", await BeginAsync(first, Registry(nowhere, ignore: true)));
        Assert.Contains("[Warning] exporting the cache:", text, StringComparison.Ordinal);
        static JsonObject Registry(string name, bool ignore) => new()
        {
            ["Type"] = "registry",
            ["Attrs"] = new JsonObject { ["ref"] = name, ["ignore-error"] = ignore ? "true" : "false" },
        };
    }

    [Theory]
    [InlineData("s3", "mode", "max", 501, "type s3 is not implemented")]
    [InlineData("registry", "mode", "max", 400, "ref is missing")]
    [InlineData("local", "mode", "most", 400, "invalid cache export mode: most")]
    [InlineData("local", "compression", "zstd", 501, "attribute compression is not implemented")]
    public async Task What_cannot_be_exported_is_refused_at_once(string type, string attribute, string value, int status, string message)
    {
        ApiAnswer answer = await first.Api.SendAsync(HttpMethod.Post, "argosy/builds", new JsonObject
        {
            ["CacheTo"] = new JsonArray(new JsonObject { ["Type"] = type, ["Attrs"] = new JsonObject { [attribute] = value } }),
        });
        Assert.Equal(status, answer.Status);
        Assert.Contains(message, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_argosy_client_keeps_a_cache_in_a_directory_and_takes_it_from_there()
    {
        await StartSecondAsync();
        await Shell.ShAsync($"cd {directory} && mkdir context && echo 1 > context/source");
        await File.WriteAllTextAsync($"{directory}/context/Dockerfile", Dockerfile);
        string[] local = ["build", "-t", "cli", "--cache-from", $"type=local,src={directory}/cache", "--cache-to", $"type=local,dest={directory}/cache,mode=max", $"{directory}/context"];
        ShellResult made = await ArgosyAsync(first, local);
        made.Succeeded();
        Assert.Contains($"WARNING: local cache import at {directory}/cache not found", made.Error, StringComparison.Ordinal);
        string index = await File.ReadAllTextAsync($"{directory}/cache/index.json");
        ShellResult taken = await ArgosyAsync(second, ["build", "--progress", "rawjson", .. local[1..]]);
        taken.Succeeded();
        Assert.Equal(5, taken.Output.Split("\"cached\":true").Length + taken.Error.Split("\"cached\":true").Length - 2);
        Assert.Equal(await IdAsync(first, "cli"), await IdAsync(second, "cli"));
        Assert.Equal(index, await File.ReadAllTextAsync($"{directory}/cache/index.json"));
        Assert.DoesNotContain("build-", string.Join('\n', first.Snapshot().Files.Concat(second.Snapshot().Files)), StringComparison.Ordinal);
    }

    private static Task<ShellResult> ArgosyAsync(PrivateDaemon daemon, string[] arguments) =>
        Shell.RunAsync(Repository.Cli, arguments, environment: new Dictionary<string, string?> { ["DOCKER_HOST"] = daemon.Host });

    private static int Hits(string text) => text.Split("---> Using cache").Length - 1;

    private static async Task<string> IdAsync(PrivateDaemon daemon, string image) => (string)(await daemon.Api.GetAsync($"images/{image}/json"))["Id"]!;

    private async Task CheckAsync()
    {
        foreach (PrivateDaemon daemon in (PrivateDaemon[])[first, second])
            Assert.Empty((await daemon.Api.PostAsync("argosy/system/fsck")).Json["Faults"]!.AsArray());
    }

    private static async Task<string> BuildAsync(PrivateDaemon daemon, string query, string? session = null)
    {
        using var client = new BuildClient(daemon) { Session = session };
        return await client.BuildAsync(query, Dockerfile, ("source", "1"));
    }

    private static async Task<string> BeginAsync(PrivateDaemon daemon, JsonObject? target) =>
        (string)(await daemon.Api.PostAsync("argosy/builds", new JsonObject { ["CacheTo"] = target is null ? new JsonArray() : new JsonArray(target) })).Json["Id"]!;

    private static async Task<string> ExportAsync(PrivateDaemon daemon, JsonObject target, string query)
    {
        string session = await BeginAsync(daemon, target);
        await BuildAsync(daemon, query, session);
        return session;
    }

    private async Task HandOverAsync(string session, byte[] layout)
    {
        using var body = new MemoryStream(layout);
        await second.Api.UploadAsync(HttpMethod.Put, $"argosy/builds/{session}/cache-from/given", body);
    }

    private static string[] Names(byte[] layout)
    {
        var names = new List<string>();
        using var reader = new TarReader(new MemoryStream(layout));
        while (reader.GetNextEntry() is { } entry)
            names.Add(entry.Name);
        return [.. names.Order(StringComparer.Ordinal)];
    }

    /// <summary>Changes one byte of a blob, or makes the manifest say that it is something else.</summary>
    private static byte[] Damage(byte[] layout, string what)
    {
        if (what == "nothing")
            return TarOf(new() { ["oci-layout"] = "{}"u8.ToArray() });
        Dictionary<string, byte[]> files = Read(layout);
        string PathOf(JsonNode? descriptor) => "blobs/sha256/" + ((string)descriptor!["digest"]!)["sha256:".Length..];
        JsonNode index = JsonNode.Parse(files["index.json"])!;
        string manifestPath = PathOf(index["manifests"]![0]);
        JsonNode manifest = JsonNode.Parse(files[manifestPath])!;
        if (what == "foreign")
        {
            manifest["config"]!["mediaType"] = "application/vnd.buildkit.cacheconfig.v0";
            byte[] changed = Encoding.UTF8.GetBytes(manifest.ToJsonString());
            string digest = Convert.ToHexStringLower(global::System.Security.Cryptography.SHA256.HashData(changed));
            files[$"blobs/sha256/{digest}"] = changed;
            index["manifests"]![0]!["digest"] = "sha256:" + digest;
            index["manifests"]![0]!["size"] = changed.Length;
            files["index.json"] = Encoding.UTF8.GetBytes(index.ToJsonString());
            return TarOf(files);
        }
        string path = what switch
        {
            "manifest" => manifestPath,
            "config" => PathOf(manifest["config"]),
            _ => PathOf(manifest["layers"]![0]),
        };
        // In a document a letter of a value, in a layer a byte of the first file's name.
        files[path][what == "layer" ? 1 : files[path].AsSpan().IndexOf("sha256:"u8) + 8] ^= 1;
        return TarOf(files);
    }

    private static Dictionary<string, byte[]> Read(byte[] layout)
    {
        var files = new Dictionary<string, byte[]>();
        using var reader = new TarReader(new MemoryStream(layout));
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType != TarEntryType.RegularFile)
                continue;
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            files[entry.Name] = content.ToArray();
        }
        return files;
    }

    private static byte[] TarOf(Dictionary<string, byte[]> files)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            foreach ((string path, byte[] content) in files)
            {
                using var data = new MemoryStream(content);
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = data });
            }
        }
        return tar.ToArray();
    }
}
