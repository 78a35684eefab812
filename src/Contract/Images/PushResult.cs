namespace Argosy.Contract.Images;

/// <summary>The <c>aux</c> of a push's last line.</summary>
public sealed record PushResult
{
    public string Tag { get; init; } = "";

    public string Digest { get; init; } = "";

    public long Size { get; init; }
}
