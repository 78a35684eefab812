using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Linux.Files;
using Argosy.Store;

namespace Argosy.Images.Records;

/// <summary>
/// The images and their names. Reading takes no lock; a change is one transaction, made under one lock, because moving a
/// name changes two images.
/// </summary>
public sealed partial class ImageStore : IGarbageRoots, IDisposable
{
    private readonly ContentStore content;
    private readonly LayerStore layers;
    private readonly StateStore state;
    private readonly Leases leases;
    private readonly DiskSync disk;
    private readonly TimeProvider clock;
    private readonly Collection<ImageRecord> records;
    private readonly ConcurrentDictionary<string, Digest> names = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Opens the images of the state store.</summary>
    public ImageStore(ContentStore content, LayerStore layers, Leases leases, DiskSync disk, StateStore state, TimeProvider clock)
    {
        (this.content, this.layers, this.leases, this.disk, this.state, this.clock) = (content, layers, leases, disk, state, clock);
        records = state.Collection("image", RecordJson.Default.ImageRecord);
        foreach (ImageRecord image in records.All)
        {
            foreach (string name in image.Tags.Concat(image.Digests))
                names[name] = image.Id;
        }
    }

    /// <summary>All images, in no order; a snapshot.</summary>
    public IReadOnlyCollection<ImageRecord> List() => [.. records.All];

    /// <summary>Looks an image up by its id.</summary>
    public bool TryGet(Digest id, [NotNullWhen(true)] out ImageRecord? image) => records.TryGet(id.Hex, out image);

    /// <summary>Looks an image up by name and tag, name and digest, id, or the beginning of an id that only one image has.</summary>
    public bool TryResolve(string reference, [NotNullWhen(true)] out ImageRecord? image)
    {
        string hex = reference.StartsWith("sha256:", StringComparison.Ordinal) ? reference["sha256:".Length..] : reference;
        if (hex.Length == 64 && records.TryGet(hex, out image))
            return true;
        if (ImageReference.TryParse(reference, out ImageReference? name) && TryResolve(name, out image))
            return true;
        return TryResolvePrefix(hex, out image);
    }

    /// <summary>Looks an image up by its name: the digest decides when there is one.</summary>
    public bool TryResolve(ImageReference name, [NotNullWhen(true)] out ImageRecord? image)
    {
        image = null;
        string key = name.Digest is { } digest ? name.WithDigest(digest).ToString() : name.ToString();
        return names.TryGetValue(key, out Digest id) && records.TryGet(id.Hex, out image);
    }

    /// <summary>Like <see cref="TryResolve(string, out ImageRecord?)"/>, for an image that must be here.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>, or <see cref="ErrorKind.InvalidArgument"/> for text that can name no image; with Docker's words.</exception>
    public ImageRecord Find(string reference)
    {
        if (TryResolve(reference, out ImageRecord? image))
            return image;
        bool isId = reference.Length == 64 && reference.All(char.IsAsciiHexDigitLower) || Digest.TryParse(reference, out _);
        string text = isId || ImageReference.Parse(reference) is not { Digest: null } name ? reference : name.Familiar;
        throw EngineException.NotFound($"No such image: {text}");
    }

    /// <inheritdoc/>
    public IEnumerable<Digest> Referenced()
    {
        foreach (ImageRecord image in records.All)
        {
            yield return image.Id;
            yield return image.Manifest.Digest;
            foreach (Digest chain in image.ChainIds)
                yield return chain;
            foreach (Manifests.Descriptor layer in image.Layers)
                yield return layer.Digest;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private bool TryResolvePrefix(string hex, [NotNullWhen(true)] out ImageRecord? image)
    {
        image = null;
        if (hex.Length is 0 or > 64 || !hex.All(char.IsAsciiHexDigitLower))
            return false;
        foreach (ImageRecord candidate in records.All)
        {
            if (!candidate.Id.Hex.StartsWith(hex, StringComparison.Ordinal))
                continue;
            if (image is not null)
            {
                image = null;
                return false;
            }
            image = candidate;
        }
        return image is not null;
    }
}
