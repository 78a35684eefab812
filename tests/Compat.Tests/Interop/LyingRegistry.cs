using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Argosy.CompatTests.Interop;

/// <summary>A registry whose images are not what they should be, each in its own way; the tag is the way. It can be searched, and counts who comes at once.</summary>
internal sealed class LyingRegistry : IAsyncDisposable
{
    private const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    private const string Index = "application/vnd.oci.image.index.v1+json";
    private const string Layer = "application/vnd.oci.image.layer.v1.tar+gzip";
    private readonly WebApplication app;
    private readonly Dictionary<string, (string Type, byte[] Content)> manifests = [];
    private readonly Dictionary<string, byte[]> blobs = [];
    private readonly HashSet<string> many = [];
    private int present;
    private int peak;

    private LyingRegistry(WebApplication app) => this.app = app;

    /// <summary>The layers of the image "many" are not sent before so many of them are asked for at once.</summary>
    internal int Together { get; set; }

    /// <summary>The most layers of "many" that were asked for at once.</summary>
    internal int Peak => peak;

    /// <summary>host:port.</summary>
    internal string Address => new Uri(app.Urls.First()).Authority;

    internal static async Task<LyingRegistry> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        WebApplication app = builder.Build();
        var registry = new LyingRegistry(app);
        await registry.FillAsync();
        app.Run(registry.AnswerAsync);
        await app.StartAsync();
        return registry;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task FillAsync()
    {
        byte[] tar = await File.ReadAllBytesAsync(await TestImages.BusyboxTarAsync());
        byte[] layer = Compress(tar);
        (byte[] config, string diffId) = (Config("amd64", DigestOf(tar)), DigestOf(tar));
        string right = Keep(layer);
        Put("right", Manifest, Image(Keep(config), config.Length, Layer, right, layer.Length));
        manifests["schema1"] = ("application/vnd.docker.distribution.manifest.v1+prettyjws", """{"schemaVersion":1,"name":"x","tag":"schema1","fsLayers":[],"history":[]}"""u8.ToArray());
        Put("foreign", Manifest, Image(Keep(config), config.Length, "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", right, layer.Length));
        Put("shorter", Manifest, Image(Keep(config), config.Length, Layer, Keep([.. layer, 0]), layer.Length));
        Put("longer", Manifest, Image(Keep(config), config.Length, Layer, right, layer.Length + 1));
        Put("other-layer", Manifest, Image(Keep(config), config.Length, Layer, Lie(layer), layer.Length));
        byte[] wrong = Config("amd64", diffId[..^1] + (diffId[^1] == '0' ? '1' : '0'));
        Put("other-diff", Manifest, Image(Keep(wrong), wrong.Length, Layer, right, layer.Length));
        Put("other-config", Manifest, Image(Lie(config), config.Length, Layer, right, layer.Length));
        byte[] two = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(config).Replace($"\"{diffId}\"", $"\"{diffId}\",\"{diffId}\"", StringComparison.Ordinal));
        Put("other-count", Manifest, Image(Keep(two), two.Length, Layer, right, layer.Length));
        byte[] broken = [.. layer[..(layer.Length / 2)], .. new byte[layer.Length / 2]];
        Put("corrupt", Manifest, Image(Keep(config), config.Length, Layer, Keep(broken), broken.Length));
        string image = Put("inner", Manifest, Image(Keep(config), config.Length, Layer, right, layer.Length));
        Put("elsewhere", Index, IndexOf(image, Manifest, "s390x"));
        string inner = Put("inner-index", Index, IndexOf(image, Manifest, "amd64"));
        Put("nested", Index, IndexOf(inner, Index, "amd64"));
        Put("many", Manifest, Many());
        Put("no-json", Manifest, "not json"u8.ToArray());
        Put("chart", Manifest, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Image(Keep("{}"u8.ToArray()), 2, Layer, right, layer.Length)).Replace("oci.image.config.v1", "cncf.helm.config.v1", StringComparison.Ordinal)));
    }

    private Task AnswerAsync(HttpContext context)
    {
        string[] parts = context.Request.Path.Value!.Split('/');
        if (parts is ["", "v2", ""])
            return Task.CompletedTask;
        if (parts[^2] == "manifests" && manifests.TryGetValue(parts[^1], out (string Type, byte[] Content) manifest))
        {
            context.Response.ContentType = manifest.Type;
            return context.Response.Body.WriteAsync(manifest.Content).AsTask();
        }
        if (parts[^1] == "search")
            return context.Response.WriteAsync("""{"results":[{"name":"team/web","description":"of the team","star_count":3,"is_official":false},{"name":"web","description":"of all","star_count":12,"is_official":true}]}""");
        if (parts[^2] == "blobs" && many.Contains(parts[^1]))
            return SendTogetherAsync(context, blobs[parts[^1]]);
        if (parts[^2] == "blobs" && blobs.TryGetValue(parts[^1], out byte[]? blob))
            return Results.Bytes(blob, enableRangeProcessing: true).ExecuteAsync(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task SendTogetherAsync(HttpContext context, byte[] blob)
    {
        int here = Interlocked.Increment(ref present);
        for (int seen = peak; here > seen && Interlocked.CompareExchange(ref peak, here, seen) != seen; seen = peak)
        {
        }
        await Poll.UntilAsync(() => Volatile.Read(ref peak) >= Together, $"{Together} layers are asked for at once");
        await context.Response.Body.WriteAsync(blob);
        Interlocked.Decrement(ref present);
    }

    /// <summary>Eight layers of one file each.</summary>
    private byte[] Many()
    {
        byte[][] tars = [.. Enumerable.Range(0, 8).Select(OneFile)];
        byte[][] layers = [.. tars.Select(Compress)];
        byte[] config = Bytes(new JsonObject
        {
            ["os"] = "linux",
            ["architecture"] = "amd64",
            ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray([.. tars.Select(tar => (JsonNode)DigestOf(tar))]) },
        });
        many.UnionWith(layers.Select(Keep));
        return Bytes(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = Manifest,
            ["config"] = new JsonObject { ["mediaType"] = "application/vnd.oci.image.config.v1+json", ["digest"] = Keep(config), ["size"] = config.Length },
            ["layers"] = new JsonArray([.. layers.Select(layer => (JsonNode)new JsonObject { ["mediaType"] = Layer, ["digest"] = DigestOf(layer), ["size"] = layer.Length })]),
        });
    }

    private static byte[] OneFile(int number)
    {
        using var buffer = new MemoryStream();
        using (var tar = new TarWriter(buffer, leaveOpen: true))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"file{number}"));
        return buffer.ToArray();
    }

    private string Put(string tag, string type, byte[] content)
    {
        manifests[tag] = manifests[DigestOf(content)] = (type, content);
        return DigestOf(content);
    }

    private string Keep(byte[] blob)
    {
        blobs[DigestOf(blob)] = blob;
        return DigestOf(blob);
    }

    /// <summary>Serves the blob under the digest of another of the same length.</summary>
    private string Lie(byte[] blob)
    {
        byte[] other = [.. blob];
        other[^1] ^= 1;
        blobs[DigestOf(other)] = blob;
        return DigestOf(other);
    }

    private static byte[] Image(string config, int configSize, string layerType, string layer, int layerSize) => Bytes(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = Manifest,
        ["config"] = new JsonObject { ["mediaType"] = "application/vnd.oci.image.config.v1+json", ["digest"] = config, ["size"] = configSize },
        ["layers"] = new JsonArray(new JsonObject { ["mediaType"] = layerType, ["digest"] = layer, ["size"] = layerSize }),
    });

    private byte[] IndexOf(string digest, string type, string architecture) => Bytes(new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = Index,
        ["manifests"] = new JsonArray(new JsonObject
        {
            ["mediaType"] = type,
            ["digest"] = digest,
            ["size"] = manifests[digest].Content.Length,
            ["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = architecture },
        }),
    });

    private static byte[] Config(string architecture, string diffId) => Bytes(new JsonObject
    {
        ["os"] = "linux",
        ["architecture"] = architecture,
        ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(diffId) },
    });

    // A plus sign in a media type must stay one.
    private static byte[] Bytes(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal));

    private static byte[] Compress(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
            gzip.Write(content);
        return buffer.ToArray();
    }

    private static string DigestOf(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}
