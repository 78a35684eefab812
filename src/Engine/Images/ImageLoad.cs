using Argosy.Core;
using Argosy.Images.Archives;
using Argosy.Images.Content;
using Argosy.Images.Records;

namespace Argosy.Engine.Images;

/// <summary>Brings images in from an archive (<c>docker load</c>).</summary>
public sealed class ImageLoad(ImageArchiveReader reader, ImageStore images, GarbageCollector collector, ImageEvents events)
{
    /// <summary>Reads the archive, makes its images and gives them their names.</summary>
    public async Task<IReadOnlyList<LoadedImage>> LoadAsync(Stream archive, Platform? platform, bool quiet, IImageProgress progress, CancellationToken cancellationToken)
    {
        return await collector.UnderLeaseAsync(async lease =>
        {
            IReadOnlyList<LoadedImage> loaded = await reader.ReadAsync(
                archive, platform, lease, diffId => quiet ? null : new LoadProgress(progress, diffId), cancellationToken);
            foreach (LoadedImage image in loaded)
            {
                await NameAsync(image, progress);
                events.OfImage("load", image.Image);
            }
            return loaded;
        });
    }

    private async Task NameAsync(LoadedImage loaded, IImageProgress progress)
    {
        foreach (ImageReference name in loaded.Names)
        {
            if (await images.TagAsync(name, loaded.Image.Id) is { } previous)
                progress.Text($"The image {name.Familiar} already exists, renaming the old one with ID {previous.Id} to empty string\n");
            progress.Text($"Loaded image: {name.Familiar}\n");
        }
        if (loaded.Names.Count == 0)
            progress.Text($"Loaded image ID: {loaded.Image.Id}\n");
    }
}
