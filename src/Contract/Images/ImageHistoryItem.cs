namespace Argosy.Contract.Images;

/// <summary>A step of an image's making in <c>GET /images/{name}/history</c>, newest first.</summary>
public sealed record ImageHistoryItem
{
    /// <summary>The image's id for its newest step, its parents' where they are known, <c>&lt;missing&gt;</c> otherwise.</summary>
    public string Id { get; set; } = "";

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; init; }

    public string CreatedBy { get; set; } = "";

    public IReadOnlyList<string>? Tags { get; init; }

    public long Size { get; init; }

    public string Comment { get; set; } = "";
}
