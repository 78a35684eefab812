using System.Diagnostics.CodeAnalysis;
using Argosy.Core;

namespace Argosy.Build;

/// <summary>What one build needs of images and layers; the engine implements it. What the build has seen is kept from the collector until it is disposed.</summary>
public interface IBuildImages : IDisposable
{
    /// <summary>Finds a base image, and pulls it when it is not here or when <paramref name="pull"/> asks for the newest.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/> with Docker's words when nobody has it.</exception>
    Task<BaseImage> ResolveAsync(string reference, bool pull, Platform platform, IBuildOutput output, CancellationToken cancellationToken);

    /// <summary>An image that is here; no registry is asked.</summary>
    bool TryFind(string reference, [NotNullWhen(true)] out BaseImage? image);

    /// <summary>Whether the layers up to and with the last of these are here, unpacked, or promised by an imported cache: then they are fetched when they are needed.</summary>
    bool HasLayers(IReadOnlyList<Digest> diffIds);

    /// <summary>Whether the layers up to and with the last of these are here, unpacked.</summary>
    bool AreHere(IReadOnlyList<Digest> diffIds);

    /// <summary>Opens a writable view on these layers, base first; no layers are an empty root.</summary>
    /// <exception cref="LayersLostException">A promise was not kept.</exception>
    Task<IBuildSnapshot> OpenAsync(IReadOnlyList<Digest> diffIds, CancellationToken cancellationToken);

    /// <summary>Makes one layer of several.</summary>
    /// <param name="below">The layers that it is to lie on, base first.</param>
    /// <param name="above">Those that it stands for, which lie on them.</param>
    /// <param name="latest">As in <see cref="IBuildSnapshot.CommitAsync"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null when the layers together change nothing.</returns>
    /// <exception cref="LayersLostException">A promise was not kept.</exception>
    Task<BuiltLayer?> SquashAsync(IReadOnlyList<Digest> below, IReadOnlyList<Digest> above, DateTimeOffset? latest, CancellationToken cancellationToken);

    /// <summary>Stores an image of layers that are here, and gives it its names.</summary>
    /// <returns>The image's id.</returns>
    /// <exception cref="LayersLostException">A promise was not kept.</exception>
    Task<Digest> CreateAsync(ReadOnlyMemory<byte> configuration, IReadOnlyList<ImageReference> names, CancellationToken cancellationToken);
}
