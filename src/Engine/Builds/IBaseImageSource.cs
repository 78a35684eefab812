using Argosy.Build;
using Argosy.Core;
using Argosy.Images.Records;

namespace Argosy.Engine.Builds;

/// <summary>Where base images come from: here, or a registry with this build's credentials.</summary>
internal interface IBaseImageSource
{
    /// <summary>Finds an image, or pulls it.</summary>
    Task<ImageRecord> ResolveAsync(string reference, bool pull, Platform platform, IBuildOutput output, CancellationToken cancellationToken);
}
