namespace Argosy.Contract.Images;

/// <summary>The answer of <c>GET /distribution/{name}/json</c>.</summary>
public sealed record DistributionInspect
{
    public OciDescriptor Descriptor { get; set; } = new();

    public IReadOnlyList<OciPlatform> Platforms { get; set; } = [];
}
