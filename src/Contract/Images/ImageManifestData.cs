namespace Argosy.Contract.Images;

/// <summary>What is known of a manifest that is an image.</summary>
public sealed record ImageManifestData
{
    public OciPlatform Platform { get; set; } = new();

    /// <summary>The ids of the containers that use it.</summary>
    public IReadOnlyList<string> Containers { get; set; } = [];

    public ImageUnpackedSize Size { get; set; } = new();
}
