using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Layers;
using Argosy.Images.Manifests;
using Argosy.Images.Records;

namespace Argosy.Engine.Images;

/// <summary>Makes an image of one layer from a tar of a file system (<c>docker import</c>).</summary>
public sealed class ImageImport(ImageStore images, LayerStore layers, GarbageCollector collector, ImageTagging tagging, ImageEvents events, TimeProvider clock)
{
    /// <summary>Reads the archive and makes the image.</summary>
    /// <param name="archive">A tar, plain or compressed.</param>
    /// <param name="request">Name and configuration.</param>
    /// <param name="progress">Told the new image's id at the end.</param>
    /// <param name="cancellationToken">Until the image is made.</param>
    public async Task<ImageRecord> ImportAsync(Stream archive, ImportRequest request, IImageProgress progress, CancellationToken cancellationToken)
    {
        ImageConfig config = ConfigChanges.Apply(new ImageConfig(), request.Changes);
        ImageRecord image = await collector.UnderLeaseAsync(async lease =>
        {
            CommittedLayer layer = await layers.ImportAsync(archive, lease, null, cancellationToken);
            byte[] file = Describe(request, config, layer.Layer.DiffId).ToJson();
            lease.Add(Digest.Of(file));
            ImageRecord created = await images.CreateAsync(new NewImage { Config = file, Layers = [layer.Blob] });
            events.OfImage("import", created);
            if (request.Name is not null)
                await tagging.TagAsync(request.Name, created);
            return created;
        });
        progress.Status(image.Id.ToString());
        return image;
    }

    private ImageConfigFile Describe(ImportRequest request, ImageConfig config, Digest diffId)
    {
        Platform platform = request.Platform ?? Platform.Host;
        DateTimeOffset now = clock.GetUtcNow();
        return new ImageConfigFile
        {
            Architecture = platform.Architecture,
            Os = platform.Os,
            Variant = platform.Variant,
            Created = now,
            Config = config,
            RootFs = new RootFileSystem { DiffIds = [diffId] },
            History = [new HistoryEntry { Created = now, Comment = request.Message ?? "Imported from -" }],
        };
    }
}
