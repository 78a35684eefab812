using Argosy.Build;
using Argosy.Core;
using Argosy.Images.Records;

namespace Argosy.Engine.Builds;

/// <summary>Base images that are here.</summary>
internal sealed class LocalImageSource(ImageStore images) : IBaseImageSource
{
    public Task<ImageRecord> ResolveAsync(string reference, bool pull, Platform platform, IBuildOutput output, CancellationToken cancellationToken) =>
        Task.FromResult(images.Find(reference));
}
