namespace Argosy.Contract.Volumes;

/// <summary>The answer of <c>GET /volumes</c>.</summary>
public sealed record VolumeListResponse
{
    public IReadOnlyList<Volume> Volumes { get; set; } = [];

    public IReadOnlyList<string>? Warnings { get; init; }
}
