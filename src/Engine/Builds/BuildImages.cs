using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Argosy.Build;
using Argosy.Core;
using Argosy.Engine.Builds.Caching;
using Argosy.Engine.Images;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;

namespace Argosy.Engine.Builds;

/// <summary>One build's view of the image stores. Its lease keeps what the build has seen or made until the image's record names it.</summary>
internal sealed class BuildImages(
    ImageStore images, LayerStore layers, ContentStore content, ISnapshotter snapshots, Leases leases, IBaseImageSource source, PromisedLayers promises) : IBuildImages
{
    private readonly Leases.Lease lease = leases.Begin();
    private readonly ConcurrentDictionary<Digest, Descriptor> inherited = new();

    public async Task<BaseImage> ResolveAsync(string reference, bool pull, Platform platform, IBuildOutput output, CancellationToken cancellationToken)
    {
        ImageRecord image = await source.ResolveAsync(reference, pull, platform, output, cancellationToken);
        lease.Add(image.Id);
        lease.Add(image.ChainIds);
        lease.Add(image.Layers.Select(layer => layer.Digest));
        foreach ((Digest chain, Descriptor layer) in image.ChainIds.Zip(image.Layers))
            inherited.AddOrUpdate(chain, layer, (_, other) => Lesser(other, layer));
        if (!platform.Accepts(new Platform(image.Os, image.Architecture, image.Variant)))
            throw EngineException.NotFound($"image with reference {reference} was found but does not match the specified platform: wanted {platform}, actual: {image.Os}/{image.Architecture}");
        return new BaseImage(image.Id, content.ReadDocument(image.Id));
    }

    public bool TryFind(string reference, [NotNullWhen(true)] out BaseImage? image)
    {
        image = null;
        if (images.TryResolve(reference, out ImageRecord? found))
        {
            lease.Add(found.Id);
            image = new BaseImage(found.Id, content.ReadDocument(found.Id));
        }
        return image is not null;
    }

    public bool HasLayers(IReadOnlyList<Digest> diffIds) => AreHere(diffIds) || promises.Has(diffIds[^1]);

    public bool AreHere(IReadOnlyList<Digest> diffIds)
    {
        IReadOnlyList<Digest> chains = ChainId.All(diffIds);
        // The lease comes first: what is there now stays there.
        lease.Add(chains);
        lease.Add(diffIds);
        return IsHere(chains[^1], diffIds[^1]);
    }

    public async Task<IBuildSnapshot> OpenAsync(IReadOnlyList<Digest> diffIds, CancellationToken cancellationToken)
    {
        await FetchAsync(diffIds, cancellationToken);
        var snapshot = new OverlayBuildSnapshot(BuildId.New(), ChainId.All(diffIds), layers, snapshots, lease);
        try
        {
            await snapshot.MountAsync(cancellationToken);
            return snapshot;
        }
        catch
        {
            await snapshot.DisposeAsync();
            throw;
        }
    }

    public async Task<BuiltLayer?> SquashAsync(IReadOnlyList<Digest> below, IReadOnlyList<Digest> above, DateTimeOffset? latest, CancellationToken cancellationToken)
    {
        IReadOnlyList<Digest> whole = [.. below, .. above];
        await FetchAsync(whole, cancellationToken);
        await using IBuildSnapshot snapshot = await OpenAsync(below, cancellationToken);
        IReadOnlyList<Digest> chains = ChainId.All(whole);
        await Task.Run(() =>
        {
            for (int index = below.Count; index < whole.Count; index++)
                layers.Apply(Describe(chains[index], whole[index]).Digest, snapshot.Root, cancellationToken);
        }, cancellationToken);
        return await snapshot.CommitAsync(null, latest, cancellationToken);
    }

    public async Task<Digest> CreateAsync(ReadOnlyMemory<byte> configuration, IReadOnlyList<ImageReference> names, CancellationToken cancellationToken)
    {
        byte[] config = configuration.ToArray();
        lease.Add(Digest.Of(config));
        IReadOnlyList<Digest> diffIds = ImageConfigFile.Parse(config).RootFs.DiffIds;
        IReadOnlyList<Digest> chains = ChainId.All(diffIds);
        await FetchAsync(diffIds, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        // From here on it is done whole: an image without its names would be of no use to anybody.
        ImageRecord image = await images.CreateAsync(new NewImage { Config = config, Layers = [.. chains.Select((chain, index) => Describe(chain, diffIds[index]))] });
        foreach (ImageReference name in names)
            await images.TagAsync(name, image.Id);
        return image.Id;
    }

    public void Dispose() => lease.Dispose();

    /// <summary>Fetches what is only promised, side by side; the first failure ends the others.</summary>
    private async Task FetchAsync(IReadOnlyList<Digest> diffIds, CancellationToken cancellationToken)
    {
        IReadOnlyList<Digest> chains = ChainId.All(diffIds);
        lease.Add(chains);
        lease.Add(diffIds);
        int[] missing = [.. Enumerable.Range(0, diffIds.Count).Where(index => !IsHere(chains[index], diffIds[index]))];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await FailFast.WhenAllAsync(missing.Select(index => promises.FetchAsync(diffIds[index], index == 0 ? null : chains[index - 1], stop.Token)), stop);
    }

    private bool IsHere(Digest chain, Digest diffId) => layers.TryGet(chain, out _) && TryDescribe(chain, diffId, out _);

    private Descriptor Describe(Digest chain, Digest diffId) =>
        TryDescribe(chain, diffId, out Descriptor? blob) ? blob : throw new EngineException(ErrorKind.Internal, $"the blob of layer {chain} is gone");

    /// <summary>Two images may have one layer in two forms: whichever was looked at first, it is the same one that counts.</summary>
    private static Descriptor Lesser(Descriptor one, Descriptor other) => string.CompareOrdinal(one.Digest.Hex, other.Digest.Hex) <= 0 ? one : other;

    /// <summary>
    /// A layer's blob: as the base image has it, so that the manifest does not depend on what else is here; plain as a build made it;
    /// or as another image that has the layer too brought it.
    /// </summary>
    private bool TryDescribe(Digest chain, Digest diffId, [NotNullWhen(true)] out Descriptor? blob)
    {
        if (inherited.TryGetValue(chain, out blob))
            return true;
        blob = content.TryGetSize(diffId, out long size) ? new Descriptor { MediaType = MediaTypes.OciLayer, Digest = diffId, Size = size } : null;
        foreach (ImageRecord image in blob is null ? images.List() : [])
        {
            int index = image.ChainIds.ToList().IndexOf(chain);
            if (index >= 0)
                blob = image.Layers[index];
        }
        return blob is not null;
    }
}
