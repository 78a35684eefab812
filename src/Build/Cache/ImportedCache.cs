using System.Globalization;
using System.Text.Json;
using Argosy.Build.Images;
using Argosy.Core;

namespace Argosy.Build.Cache;

/// <summary>
/// Results that come from elsewhere and count beside this engine's own: a cache document's, by key; or an image's, by the document in its
/// configuration where it has one, and else by its history.
/// </summary>
public sealed class ImportedCache
{
    private readonly Dictionary<string, CachedStep> steps;
    private readonly ILookup<(string, Digest?, string), CachedStep> results;
    private readonly ImageDocument? image;

    private ImportedCache(string name, IEnumerable<CachedStep> steps, ImageDocument? image)
    {
        Name = name;
        this.image = image;
        this.steps = new Dictionary<string, CachedStep>(StringComparer.Ordinal);
        foreach (CachedStep step in steps)
            this.steps[step.Key] = step;
        results = this.steps.Values.ToLookup(step => (step.Parent, step.DiffId, step.Description));
    }

    /// <summary>Where it comes from, for people.</summary>
    public string Name { get; }

    /// <summary>True once a layer of it was not what it should be: nothing more is taken from it.</summary>
    public bool IsLost { get; set; }

    /// <summary>The layers that its results speak of.</summary>
    public IEnumerable<Digest> DiffIds => steps.Values.Where(step => step.DiffId is not null).Select(step => step.DiffId!.Value);

    /// <summary>A cache by itself.</summary>
    public static ImportedCache Of(string name, CacheDocument document) => new(name, document.Steps, null);

    /// <summary>An image.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configuration">Its configuration.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when the document in it cannot be read.</exception>
    public static ImportedCache OfImage(string name, ReadOnlySpan<byte> configuration)
    {
        ImageDocument? image = JsonSerializer.Deserialize(configuration, BuildJson.Default.ImageDocument);
        bool hasCache = image?.Rest?.ContainsKey(ImageState.CacheField) == true;
        return new ImportedCache(name, hasCache ? CacheDocument.Parse(image!.Rest![ImageState.CacheField]).Steps : [], image);
    }

    internal CachedStep? Find(string key) => steps.GetValueOrDefault(key);

    /// <summary>A result under all the keys that it has here.</summary>
    internal IEnumerable<CachedStep> UnderAllKeys(CachedStep step) => results[(step.Parent, step.DiffId, step.Description)];

    /// <summary>
    /// What the image says came next: its history begins with all that was done so far, on the same layers, and goes on with this very step
    /// (dockerd's rule for images as caches). Only for steps whose description says everything that decides them.
    /// </summary>
    internal CachedStep? FindNext(ImageState state, string key, string description)
    {
        IReadOnlyList<HistoryEntry> before = state.History;
        IReadOnlyList<Digest> layers = state.DiffIds;
        if (image?.History is not { } history || history.Count <= before.Count || !StartsWith(history, before) || !StartsWith(image.Rootfs.DiffIds, layers))
            return null;
        HistoryEntry next = history[before.Count];
        if (next.CreatedBy != description || !DateTimeOffset.TryParse(next.Created, CultureInfo.InvariantCulture, out DateTimeOffset created))
            return null;
        Digest? diffId = next.EmptyLayer ? null : LayerAfter(layers);
        return next.EmptyLayer || diffId is not null ? new CachedStep(key, ChainId.Of(layers), diffId, description, created, 0) : null;
    }

    private Digest? LayerAfter(IReadOnlyList<Digest> layers) =>
        image!.Rootfs.DiffIds.Count > layers.Count && Digest.TryParse(image.Rootfs.DiffIds[layers.Count], out Digest diffId) ? diffId : null;

    /// <summary>Times do not count: the layers do.</summary>
    private static bool StartsWith(List<HistoryEntry> history, IReadOnlyList<HistoryEntry> before) =>
        before.Zip(history).All(pair => pair.Second is { } entry && (entry.CreatedBy, entry.EmptyLayer) == (pair.First.CreatedBy, pair.First.EmptyLayer));

    private static bool StartsWith(List<string> diffIds, IReadOnlyList<Digest> layers) =>
        diffIds.Count >= layers.Count && layers.Zip(diffIds).All(pair => pair.First.ToString() == pair.Second);
}
