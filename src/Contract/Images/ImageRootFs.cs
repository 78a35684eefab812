namespace Argosy.Contract.Images;

/// <summary>The digests of an image's uncompressed layers, bottom first.</summary>
public sealed record ImageRootFs
{
    public string Type { get; set; } = "layers";

    public IReadOnlyList<string>? Layers { get; init; }
}
