using Argosy.Core;

namespace Argosy.Engine.Builds.Caching;

/// <summary>Where a build's results are exported to.</summary>
public abstract record CacheTarget
{
    /// <summary>True (mode=max): the layers of all stages; false: of the image alone. The results are those of all stages either way.</summary>
    public bool HasAllLayers { get; init; }

    /// <summary>True: a failure is a warning.</summary>
    public bool IgnoresErrors { get; init; }

    /// <summary>A name in a registry.</summary>
    public sealed record InRegistry(ImageReference Name) : CacheTarget;

    /// <summary>A directory that the client fetches when the build is done.</summary>
    public sealed record InDirectory(string Path) : CacheTarget;
}
