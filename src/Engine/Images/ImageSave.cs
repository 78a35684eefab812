using System.Diagnostics.CodeAnalysis;
using Argosy.Core;
using Argosy.Images.Archives;
using Argosy.Images.Content;
using Argosy.Images.Records;

namespace Argosy.Engine.Images;

/// <summary>Writes images into an archive (<c>docker save</c>).</summary>
public sealed class ImageSave(ImageStore images, ImageArchiveWriter writer, Leases leases, ImageEvents events)
{
    /// <summary>
    /// Resolves the names before a byte is written, so that an unknown one is an error and not half an archive; the result writes it.
    /// </summary>
    /// <param name="references">Names, names without a tag (all of their tags), or ids.</param>
    /// <param name="platform">What each of them must be for; null for whatever they are for.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>.</exception>
    public Func<Stream, CancellationToken, Task> Prepare(IReadOnlyList<string> references, Platform? platform = null)
    {
        var chosen = new Dictionary<Digest, SortedDictionary<string, ImageReference>>();
        foreach (string reference in references)
            Choose(reference, platform, chosen);
        Leases.Lease lease = leases.Begin();
        List<(ImageRecord Image, IReadOnlyList<ImageReference> Names)> items =
            [.. chosen.Select(item => (images.Find(item.Key.ToString()), (IReadOnlyList<ImageReference>)[.. item.Value.Values]))];
        foreach ((ImageRecord image, _) in items)
            lease.Add([image.Id, image.Manifest.Digest, .. image.Layers.Select(layer => layer.Digest)]);
        // One that went between the look-up and the lease may have lost its content already.
        if (items.Find(item => !images.TryGet(item.Image.Id, out _)).Image is { } gone)
        {
            lease.Dispose();
            throw EngineException.NotFound($"No such image: {gone.Id}");
        }
        return (target, cancellationToken) => WriteAsync(items, lease, target, cancellationToken);
    }

    private async Task WriteAsync(
        List<(ImageRecord Image, IReadOnlyList<ImageReference> Names)> items, Leases.Lease lease, Stream target, CancellationToken cancellationToken)
    {
        using (lease)
        {
            await BlockingStream.RunAsync(() =>
            {
                using var blocking = new BlockingStream(target, cancellationToken);
                writer.Write(blocking, items, cancellationToken);
                return true;
            }, cancellationToken);
        }
        foreach ((ImageRecord image, _) in items)
            events.OfImage("save", image);
    }

    /// <summary>A name without a tag stands for all of its tags.</summary>
    private void Choose(string reference, Platform? platform, Dictionary<Digest, SortedDictionary<string, ImageReference>> chosen)
    {
        List<(ImageRecord Image, ImageReference Name)> named = IsBareName(reference, out string? repository) ? AllTags(repository) : [];
        foreach ((ImageRecord image, ImageReference name) in named)
        {
            ImageQueries.RequirePlatform(name.Familiar, image, platform);
            NamesOf(image, chosen)[name.ToString()] = name;
        }
        if (named.Count > 0)
            return;
        ImageRecord found = images.Find(reference);
        ImageQueries.RequirePlatform(reference, found, platform);
        SortedDictionary<string, ImageReference> names = NamesOf(found, chosen);
        if (ImageReference.TryParse(reference, out ImageReference? whole) && whole.Tag is not null && found.Tags.Contains(whole.ToString()))
            names[whole.ToString()] = whole;
    }

    private static bool IsBareName(string reference, [NotNullWhen(true)] out string? repository)
    {
        repository = null;
        if (reference.Contains('@', StringComparison.Ordinal) || reference.LastIndexOf(':') > reference.LastIndexOf('/'))
            return false;
        repository = ImageReference.TryParse(reference, out ImageReference? name) ? name.Repository : null;
        return repository is not null;
    }

    private List<(ImageRecord Image, ImageReference Name)> AllTags(string repository) =>
        [.. from image in images.List()
            from tag in image.Tags
            let name = ImageReference.Parse(tag)
            where name.Repository == repository
            select (image, name)];

    private static SortedDictionary<string, ImageReference> NamesOf(ImageRecord image, Dictionary<Digest, SortedDictionary<string, ImageReference>> chosen)
    {
        if (!chosen.TryGetValue(image.Id, out SortedDictionary<string, ImageReference>? names))
            chosen[image.Id] = names = new SortedDictionary<string, ImageReference>(StringComparer.Ordinal);
        return names;
    }
}
