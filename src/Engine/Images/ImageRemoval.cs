using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Records;

namespace Argosy.Engine.Images;

/// <summary>Takes names from images and deletes images, with dockerd's rules for what may go when.</summary>
public sealed class ImageRemoval(ImageStore images, IImageUsage usage, GarbageCollector collector, Leases leases, ImageEvents events)
{
    /// <summary>
    /// Given a name: takes the name away, and deletes the image when that was its last. Given an id: takes all names away
    /// (if they are of one repository, or by force) and deletes the image.
    /// </summary>
    /// <param name="reference">A name or an id.</param>
    /// <param name="force">Also when a stopped container uses it, or it has names in several repositories.</param>
    /// <param name="keepParents">Images without a name that it was built on stay.</param>
    /// <param name="platform">What it must be for; null for whatever it is for.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/>, in dockerd's words, when something depends on it.</exception>
    public async Task<IReadOnlyList<RemovedImage>> RemoveAsync(string reference, bool force, bool keepParents, Platform? platform = null)
    {
        ImageRecord image = images.Find(reference);
        ImageQueries.RequirePlatform(reference, image, platform);
        var removed = new List<RemovedImage>();
        bool byName = ImageReference.TryParse(reference, out ImageReference? name) && images.TryResolve(name, out ImageRecord? named) && named.Id == image.Id;
        if (byName)
        {
            if (!force && IsSingleReference(image))
                RequireUnusedName(reference, image);
            image = await UntagAsync(image, name!, removed);
            if (ImageQueries.HasName(image))
                return removed;
        }
        else if (IsSingleReference(image))
        {
            RequireDeletable(image, force, namesMatter: false);
            image = await UntagAllAsync(image, removed);
        }
        RequireDeletable(image, force, namesMatter: true);
        await DeleteAsync(image, keepParents, removed);
        await collector.CollectAsync();
        return removed;
    }

    /// <summary>Deletes the images that pass the filter, no container uses and no image is built on.</summary>
    /// <returns>What is gone, and the bytes that the disk got back.</returns>
    public async Task<(IReadOnlyList<RemovedImage> Removed, long Bytes)> PruneAsync(ImageFilter filter)
    {
        var removed = new List<RemovedImage>();
        // Again while something went: an image that others were built on may go when they have.
        while (await PruneOnceAsync(filter, removed))
        {
        }
        return (removed, await collector.CollectAsync());
    }

    private async Task<bool> PruneOnceAsync(ImageFilter filter, List<RemovedImage> removed)
    {
        int before = removed.Count;
        foreach (ImageRecord candidate in images.List().Where(image => ImageQueries.Passes(image, filter)))
        {
            // One that a pull, build or load is about to name has no name yet, and is not to be pruned for that.
            if (usage.UsesOf(candidate.Id).Count > 0 || HasChildren(candidate) || leases.IsHeld(candidate.Id))
                continue;
            ImageRecord image = await UntagAllAsync(candidate, removed);
            if (await images.TryDeleteAsync(image.Id))
                await DeletedAsync(image, keepParents: false, removed);
        }
        return removed.Count > before;
    }

    private async Task<ImageRecord> UntagAsync(ImageRecord image, ImageReference name, List<RemovedImage> removed)
    {
        ImageRecord left = await images.UntagAsync(name) ?? image;
        Untagged(image, name, removed);
        // Digests of a repository that has no tag left there go with its last tag.
        if (name.Digest is null && !left.Tags.Any(tag => ImageReference.Parse(tag).Repository == name.Repository))
        {
            foreach (ImageReference digest in left.Digests.Select(ImageReference.Parse).Where(digest => digest.Repository == name.Repository))
            {
                left = await images.UntagAsync(digest) ?? left;
                Untagged(image, digest, removed);
            }
        }
        return left;
    }

    private async Task<ImageRecord> UntagAllAsync(ImageRecord image, List<RemovedImage> removed)
    {
        foreach (ImageReference name in image.Tags.Concat(image.Digests).Select(ImageReference.Parse))
        {
            image = await images.UntagAsync(name) ?? image;
            Untagged(image, name, removed);
        }
        return image;
    }

    private void Untagged(ImageRecord image, ImageReference name, List<RemovedImage> removed)
    {
        removed.Add(new RemovedImage(name.Familiar, null));
        events.OfImage("untag", image);
    }

    private async Task DeleteAsync(ImageRecord image, bool keepParents, List<RemovedImage> removed)
    {
        image = await UntagAllAsync(image, removed);
        if (!await images.TryDeleteAsync(image.Id))
        {
            // A pull, build or load that has just made it is about to name it: that one would not find it again.
            if (removed.Count == 0)
                throw Conflict(image, hard: true, "image is being used by a pull, build or load");
            return;
        }
        await DeletedAsync(image, keepParents, removed);
    }

    /// <summary>Tells it, and goes on to its parents, which were kept for it.</summary>
    private async Task DeletedAsync(ImageRecord image, bool keepParents, List<RemovedImage> removed)
    {
        events.OfImage("delete", image);
        removed.Add(new RemovedImage(null, image.Id.ToString()));
        HashSet<Digest> stillUsed = [.. images.List().SelectMany(other => other.ChainIds)];
        foreach (Digest chain in image.ChainIds.Reverse().Where(chain => !stillUsed.Contains(chain)))
            removed.Add(new RemovedImage(null, chain.ToString()));
        if (!keepParents && image.Parent is { } parent && images.TryGet(parent, out ImageRecord? above) && IsLoose(above))
            await DeleteAsync(above, keepParents, removed);
    }

    private bool IsLoose(ImageRecord image) => !ImageQueries.HasName(image) && !HasChildren(image) && usage.UsesOf(image.Id).Count == 0;

    private bool HasChildren(ImageRecord image) => images.List().Any(other => other.Parent == image.Id);

    /// <summary>One tag, or one tag and the digests of the same repository.</summary>
    private static bool IsSingleReference(ImageRecord image) => image.Tags.Count <= 1
        && image.Tags.Concat(image.Digests).Select(name => ImageReference.Parse(name).Repository).Distinct().Count() <= 1;

    /// <summary>The image would be left without a name, which a user of it hardly wants.</summary>
    private void RequireUnusedName(string reference, ImageRecord image)
    {
        if (usage.UsesOf(image.Id) is [var user, ..])
            throw EngineException.Conflict($"conflict: unable to remove repository reference \"{reference}\" (must force) - container {user.Container.Short} is using its referenced image {image.Id.Short}");
    }

    private void RequireDeletable(ImageRecord image, bool force, bool namesMatter)
    {
        IReadOnlyList<ImageUse> uses = usage.UsesOf(image.Id);
        if (HasChildren(image))
            throw Conflict(image, hard: true, "image has dependent child images");
        if (uses.FirstOrDefault(use => use.IsRunning) is { } running)
            throw Conflict(image, hard: true, $"image is being used by running container {running.Container.Short}");
        if (force)
            return;
        if (namesMatter && ImageQueries.HasName(image))
            throw Conflict(image, hard: false, "image is referenced in multiple repositories");
        if (uses is [var stopped, ..])
            throw Conflict(image, hard: false, $"image is being used by stopped container {stopped.Container.Short}");
    }

    private static EngineException Conflict(ImageRecord image, bool hard, string reason) =>
        EngineException.Conflict($"conflict: unable to delete {image.Id.Short} ({(hard ? "cannot be forced" : "must be forced")}) - {reason}");
}
