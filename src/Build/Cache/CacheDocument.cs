using System.Text.Encodings.Web;
using System.Text.Json;
using Argosy.Core;

namespace Argosy.Build.Cache;

/// <summary>
/// Results of steps and the layers that come with them: the configuration of a manifest whose layers are these, in this order, or, without
/// layers, a field of an image's configuration. The keys are this builder's: nobody else's cache can be read, and ours by nobody else.
/// </summary>
/// <param name="Steps">Results, by key; a layer may belong to several, and one that does not come with the document to some.</param>
/// <param name="Layers">The layers, in the manifest's order.</param>
public sealed record CacheDocument(IReadOnlyList<CachedStep> Steps, IReadOnlyList<CachedLayer> Layers)
{
    /// <summary>Of the document as a manifest's configuration.</summary>
    public const string MediaType = "application/vnd.argosy.buildcache.config.v1+json";

    private const int Version = 1;

    private static readonly BuildJson Json = new(new JsonSerializerOptions(BuildJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Reads a document that somebody wrote.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when it is none, or not whole.</exception>
    public static CacheDocument Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return From(JsonSerializer.Deserialize(json, Json.CacheFile));
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            throw new EngineException(ErrorKind.InvalidArgument, $"the build cache cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The same document gives the same bytes.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(ToFile(), Json.CacheFile);

    internal static CacheDocument Parse(JsonElement json) => Parse(System.Text.Encoding.UTF8.GetBytes(json.GetRawText()));

    internal JsonElement ToElement() => JsonSerializer.SerializeToElement(ToFile(), Json.CacheFile);

    private CacheFile ToFile() => new()
    {
        Version = Version,
        Steps = [.. Steps.Select(step => new CacheFileStep
        {
            Key = step.Key,
            Parent = step.Parent,
            DiffId = step.DiffId?.ToString(),
            Size = step.Size,
            Created = step.Created.ToUniversalTime(),
            CreatedBy = step.Description,
        })],
        Layers = Layers.Count == 0 ? null : [.. Layers.Select(layer => new CacheFileLayer { DiffId = layer.DiffId.ToString(), Size = layer.Size })],
    };

    private static CacheDocument From(CacheFile? file)
    {
        if (file is not { Version: Version, Steps: { } steps })
            throw new FormatException($"version {file?.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}, where this engine knows {Version}");
        return new CacheDocument([.. steps.Select(Step)], [.. (file.Layers ?? []).Select(Layer)]);
    }

    private static CachedStep Step(CacheFileStep? step)
    {
        bool isWhole = step is { Key: { Length: 64 } key, Parent: { } parent, CreatedBy: not null, Size: >= 0 }
            && key.All(char.IsAsciiHexDigitLower) && (parent.Length == 0 || Core.Digest.TryParse(parent, out _));
        if (!isWhole)
            throw new FormatException("a step is not whole");
        return new CachedStep(step!.Key!, step.Parent!, step.DiffId is null ? null : DigestOf(step.DiffId), step.CreatedBy!, step.Created, step.Size);
    }

    private static CachedLayer Layer(CacheFileLayer? layer) =>
        layer is { DiffId: not null, Size: >= 0 } ? new CachedLayer(DigestOf(layer.DiffId), layer.Size) : throw new FormatException("a layer is not whole");

    private static Digest DigestOf(string text) => Core.Digest.TryParse(text, out Digest digest) ? digest : throw new FormatException($"{text} is no digest");
}
