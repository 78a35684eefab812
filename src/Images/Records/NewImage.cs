using Argosy.Core;
using Argosy.Images.Manifests;

namespace Argosy.Images.Records;

/// <summary>What an image is made of; everything is in the stores already, under the caller's lease.</summary>
public sealed record NewImage
{
    /// <summary>The configuration document's bytes, as they came.</summary>
    public required byte[] Config { get; init; }

    /// <summary>The layers' blobs, bottom first; as many as the configuration has diff ids.</summary>
    public required IReadOnlyList<Descriptor> Layers { get; init; }

    /// <summary>The manifest's bytes as they came, null to have one made.</summary>
    public byte[]? Manifest { get; init; }

    /// <summary>The manifest's media type, when the manifest came.</summary>
    public string? ManifestMediaType { get; init; }

    /// <summary>The image it was built from.</summary>
    public Digest? Parent { get; init; }
}
