using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Argosy.Build.Cache;
using Argosy.Core;

namespace Argosy.Build.Images;

/// <summary>An image in the making: the configuration so far and its layers. A stage owns one; a child stage takes a copy.</summary>
internal sealed class ImageState
{
    /// <summary>Where an image's configuration keeps the results of its own steps (inline cache).</summary>
    public const string CacheField = "argosy.buildcache.v1";

    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    // BuildKit's mark: tools that read histories go by it.
    private const string HistoryComment = "buildkit.dockerfile.v0";

    private static readonly BuildJson Json = new(new JsonSerializerOptions(BuildJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private readonly ImageDocument document;

    // SOURCE_DATE_EPOCH: the time of everything that is made; what is older keeps its own.
    private readonly DateTimeOffset? epoch;

    private ImageState(ImageDocument document, DateTimeOffset? epoch)
    {
        (this.document, this.epoch) = (document, epoch);
        if (epoch is not null)
            ClampTimes(Format(epoch.Value));
    }

    public ImageSettings Settings => document.Config;

    public IReadOnlyList<Digest> DiffIds => [.. document.Rootfs.DiffIds.Select(Digest.Parse)];

    public IReadOnlyList<HistoryEntry> History => document.History ?? [];

    public string? Author
    {
        get => document.Author;
        set => document.Author = value;
    }

    /// <summary>The image's id as it stands: the digest of its configuration.</summary>
    public Digest Id => Digest.Of(ToJson());

    /// <summary>An image without layers.</summary>
    public static ImageState Scratch(Platform platform, DateTimeOffset? epoch)
    {
        var state = new ImageState(new ImageDocument { Architecture = platform.Architecture, Os = platform.Os, Variant = platform.Variant }, epoch);
        state.EnsurePath();
        state.Settings.WorkingDir = "/";
        return state;
    }

    /// <summary>Continues from an image's configuration.</summary>
    /// <param name="json">The configuration.</param>
    /// <param name="epoch">The time of everything from here on, in the image's place too: no time in it is later. Null takes the times as they come.</param>
    public static ImageState From(ReadOnlySpan<byte> json, DateTimeOffset? epoch)
    {
        ImageDocument document = JsonSerializer.Deserialize(json, Json.ImageDocument) ?? throw new EngineException(ErrorKind.Internal, "an image configuration is null");
        document.Config ??= new ImageSettings();
        // What builders left about their own containers and caches says nothing of the new image.
        foreach (string stale in (string[])["container", "container_config", "docker_version", "id", "parent", CacheField, "moby.buildkit.cache.v0"])
            document.Rest?.Remove(stale);
        document.Config.Rest?.Remove("Image");
        var state = new ImageState(document, epoch);
        state.EnsurePath();
        return state;
    }

    /// <summary>An independent copy.</summary>
    public ImageState Copy() => From(ToJson(), epoch);

    /// <summary>Adds a layer and its instruction.</summary>
    public void AddLayer(Digest diffId, string createdBy, DateTimeOffset created)
    {
        document.Rootfs.DiffIds.Add(diffId.ToString());
        AddHistory(createdBy, Format(epoch ?? created), empty: false);
    }

    /// <summary>Adds an instruction that changed no file. It has the time of what it stands on: so the same steps give the same image.</summary>
    public void AddEmpty(string createdBy, DateTimeOffset? created = null) =>
        AddHistory(createdBy, (epoch ?? created) is { } time ? Format(time) : document.Created ?? Format(DateTimeOffset.UnixEpoch), empty: true);

    /// <summary>Puts one layer in the place of the last ones. Their lines of history stay, without a layer; one more says what was done (dockerd's form).</summary>
    /// <param name="layers">How many layers stay.</param>
    /// <param name="lines">How many lines of history keep their layers.</param>
    /// <param name="layer">The new layer; null when the old ones together changed nothing.</param>
    /// <param name="comment">What was done.</param>
    /// <param name="now">When.</param>
    public void Squash(int layers, int lines, Digest? layer, string comment, DateTimeOffset now)
    {
        document.Rootfs.DiffIds = [.. document.Rootfs.DiffIds.Take(layers)];
        foreach (HistoryEntry entry in document.History.Skip(lines))
            entry.EmptyLayer = true;
        if (layer is { } diffId)
            document.Rootfs.DiffIds.Add(diffId.ToString());
        document.Created = Format(epoch ?? now);
        document.History.Add(new HistoryEntry { Created = document.Created, Comment = comment, EmptyLayer = layer is null });
    }

    /// <summary>Keeps the results of its steps in the image.</summary>
    public void AddCache(CacheDocument cache) => (document.Rest ??= [])[CacheField] = cache.ToElement();

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(document, Json.ImageDocument);

    private void AddHistory(string createdBy, string created, bool empty)
    {
        document.History ??= [];
        document.History.Add(new HistoryEntry { Created = created, CreatedBy = createdBy, Comment = HistoryComment, EmptyLayer = empty });
        document.Created = created;
    }

    /// <summary>As BuildKit: the image is of that time, and no line of its history, the base image's included, is later.</summary>
    private void ClampTimes(string latest)
    {
        document.Created = latest;
        foreach (HistoryEntry entry in document.History ?? [])
        {
            if (entry.Created is null || !DateTimeOffset.TryParse(entry.Created, CultureInfo.InvariantCulture, out DateTimeOffset created) || created > epoch)
                entry.Created = latest;
        }
    }

    private void EnsurePath()
    {
        Settings.Env ??= [];
        if (!Settings.Env.Exists(entry => entry.StartsWith("PATH=", StringComparison.Ordinal)))
            Settings.Env.Add("PATH=" + DefaultPath);
    }

    private static string Format(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFZ", CultureInfo.InvariantCulture);
}
