using Argosy.Build.Context;
using Argosy.Core;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Records;

namespace Argosy.Engine.Images;

/// <summary>Lists images and tells their history. Takes no lock.</summary>
public sealed class ImageQueries(ImageStore images, LayerStore layers, IImageUsage usage)
{
    /// <summary>The image with this name or id.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>.</exception>
    public ImageRecord Find(string reference) => images.Find(reference);

    /// <summary>The images that pass the filter, newest first.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/> when <c>before</c> or <c>since</c> name no image.</exception>
    public IReadOnlyList<ListedImage> List(ImageFilter filter)
    {
        IReadOnlyCollection<ImageRecord> all = images.List();
        HashSet<Digest> parents = [.. all.Where(image => image.Parent is not null).Select(image => image.Parent!.Value)];
        DateTimeOffset? before = filter.Before is null ? null : images.Find(filter.Before).Created ?? DateTimeOffset.MinValue;
        DateTimeOffset? since = filter.Since is null ? null : images.Find(filter.Since).Created ?? DateTimeOffset.MinValue;
        Dictionary<Digest, int> users = filter.SharedSize ? CountLayerUsers(all) : [];
        return [.. from image in all
                   where Passes(image, filter, before, since) && (filter.All || HasName(image) || !parents.Contains(image.Id))
                   let tags = Matching(image.RepoTags, filter.References)
                   let digests = Matching(image.RepoDigests, filter.References)
                   where filter.References.Count == 0 || tags.Count + digests.Count > 0
                   orderby image.Created ?? DateTimeOffset.MinValue descending, image.Id.Hex
                   select new ListedImage(image, tags, digests, filter.SharedSize ? SharedSize(image, users) : -1, usage.UsesOf(image.Id).Count)];
    }

    /// <summary>The steps of an image's making, newest first.</summary>
    public IReadOnlyList<ImageStep> History(ImageRecord image)
    {
        var sizes = new Queue<long>(image.ChainIds.Select(chain => layers.TryGet(chain, out LayerRecord? layer) ? layer.Size : 0));
        List<ImageStep> steps = [.. image.History.Select(entry => new ImageStep(entry, null, [], entry.EmptyLayer || !sizes.TryDequeue(out long size) ? 0 : size))];
        steps.Reverse();
        ImageRecord? at = image;
        for (int i = 0; i < steps.Count && at is not null; i++)
        {
            steps[i] = steps[i] with { Id = at.Id, Tags = at.RepoTags };
            at = at.Parent is { } parent && images.TryGet(parent, out ImageRecord? above) ? above : null;
        }
        return steps;
    }

    /// <summary>An image here has one platform: asked for another, there is no such image.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>, with dockerd's words.</exception>
    public static void RequirePlatform(string reference, ImageRecord image, Platform? wanted)
    {
        var actual = new Platform(image.Os, image.Architecture, string.IsNullOrEmpty(image.Variant) ? null : image.Variant);
        if (wanted is not null && !wanted.Accepts(actual))
            throw EngineException.NotFound($"image with reference {reference} was found but does not provide the specified platform ({wanted})");
    }

    internal static bool HasName(ImageRecord image) => image.Tags.Count + image.Digests.Count > 0;

    internal static bool Passes(ImageRecord image, ImageFilter filter, DateTimeOffset? before = null, DateTimeOffset? since = null)
    {
        DateTimeOffset created = image.Created ?? DateTimeOffset.MinValue;
        return (filter.Dangling is null || filter.Dangling == (image.Tags.Count == 0))
            && (before is null || created < before) && (since is null || created > since) && (filter.Until is null || created < filter.Until)
            && filter.Labels.All(label => HasLabel(image, label)) && !filter.WithoutLabels.Any(label => HasLabel(image, label));
    }

    private static bool HasLabel(ImageRecord image, string filter)
    {
        int equals = filter.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? image.Labels.ContainsKey(filter)
            : image.Labels.TryGetValue(filter[..equals], out string? value) && value == filter[(equals + 1)..];
    }

    /// <summary>A pattern matches the whole familiar name, or its part without the tag (distribution's FamiliarMatch).</summary>
    private static IReadOnlyList<string> Matching(IReadOnlyList<string> names, IReadOnlyList<string> patterns) => patterns.Count == 0 ? names
        : [.. names.Where(name => patterns.Any(pattern => GoFileMatch.IsMatch(pattern, name) || GoFileMatch.IsMatch(pattern, ImageReference.Parse(name).FamiliarName)))];

    private static Dictionary<Digest, int> CountLayerUsers(IReadOnlyCollection<ImageRecord> all) =>
        all.SelectMany(image => image.ChainIds.Distinct()).CountBy(chain => chain).ToDictionary();

    private long SharedSize(ImageRecord image, Dictionary<Digest, int> users) =>
        image.ChainIds.Where(chain => users[chain] > 1).Sum(chain => layers.TryGet(chain, out LayerRecord? layer) ? layer.Size : 0);
}
