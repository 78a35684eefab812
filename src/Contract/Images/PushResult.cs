namespace Argosy.Contract.Images;

/// <summary>The <c>aux</c> of a push's last line.</summary>
public sealed record PushResult
{
    public string Tag { get; set; } = "";

    public string Digest { get; set; } = "";

    public long Size { get; init; }
}
