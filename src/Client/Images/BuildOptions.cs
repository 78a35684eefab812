using System.Text;
using System.Text.Json;
using Argosy.Client.Transport;
using Argosy.Contract.Build;

namespace Argosy.Client;

/// <summary>The parameters of <c>POST /build</c>.</summary>
public sealed record BuildOptions
{
    /// <summary>The Dockerfile's path within the context; null is <c>Dockerfile</c>.</summary>
    public string? Dockerfile { get; init; }

    /// <summary>Names for the image.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Values of ARG; null takes the Dockerfile's default.</summary>
    public IReadOnlyDictionary<string, string?> Arguments { get; init; } = new Dictionary<string, string?>();

    /// <summary>Labels of the image.</summary>
    public IReadOnlyDictionary<string, string?> Labels { get; init; } = new Dictionary<string, string?>();

    /// <summary>The stage to build; null is the last one.</summary>
    public string? Target { get; init; }

    /// <summary>Runs every step again.</summary>
    public bool NoCache { get; init; }

    /// <summary>Asks the registry for newer base images.</summary>
    public bool Pull { get; init; }

    /// <summary>No output but the image's id.</summary>
    public bool Quiet { get; init; }

    /// <summary>The network of RUN.</summary>
    public string? Network { get; init; }

    /// <summary>The image's platform.</summary>
    public string? Platform { get; init; }

    /// <summary>Images to take cached steps from.</summary>
    public IReadOnlyList<string> CacheFrom { get; init; } = [];

    /// <summary>Host names for RUN, <c>name:address</c>.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>Makes one layer of all.</summary>
    public bool Squash { get; init; }

    /// <summary>Removes the containers of steps after success; true unless said otherwise.</summary>
    public bool Remove { get; init; } = true;

    /// <summary>Removes the containers of steps always.</summary>
    public bool ForceRemove { get; init; }

    /// <summary>Bytes of memory for RUN; 0 is unlimited.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes of memory and swap for RUN.</summary>
    public long MemorySwap { get; init; }

    /// <summary>Bytes of /dev/shm for RUN.</summary>
    public long ShmSize { get; init; }

    /// <summary>Relative processor share of RUN.</summary>
    public long CpuShares { get; init; }

    /// <summary>The content of <c>X-Registry-Config</c>; null for none.</summary>
    public string? Credentials { get; init; }

    /// <summary>What was handed over for this build (<see cref="ImagesClient.BeginBuildAsync"/>); null for nothing.</summary>
    public string? Session { get; init; }

    /// <summary>Asks for news of the graph (<see cref="BuildStatus.MessageId"/>) instead of the steps' text; an engine that knows none sends the text.</summary>
    public bool Traces { get; init; }

    /// <summary>An address that the engine fetches the context from; null sends it.</summary>
    public string? Remote { get; init; }

    internal Query ToQuery(string path = "/build") => new Query(path)
        .Add("dockerfile", Dockerfile).Add("remote", Remote).Add("t", Tags).Add("buildargs", Json(Arguments)).Add("labels", Json(Labels)).Add("target", Target)
        .Add("nocache", NoCache).Add("pull", Pull).Add("q", Quiet).Add("networkmode", Network).Add("platform", Platform)
        .Add("cachefrom", CacheFrom.Count == 0 ? null : JsonList(CacheFrom)).Add("extrahosts", ExtraHosts.Count == 0 ? null : string.Join(',', ExtraHosts))
        .Add("squash", Squash).Add("rm", Remove ? "1" : "0").Add("forcerm", ForceRemove)
        .Add("memory", Number(Memory)).Add("memswap", Number(MemorySwap)).Add("shmsize", Number(ShmSize)).Add("cpushares", Number(CpuShares));

    private static string? Number(long value) => value == 0 ? null : value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string? Json(IReadOnlyDictionary<string, string?> map) => map.Count == 0 ? null : Write(writer =>
    {
        writer.WriteStartObject();
        foreach ((string key, string? value) in map)
            writer.WriteString(key, value);
        writer.WriteEndObject();
    });

    private static string JsonList(IReadOnlyList<string> list) => Write(writer =>
    {
        writer.WriteStartArray();
        foreach (string item in list)
            writer.WriteStringValue(item);
        writer.WriteEndArray();
    });

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
