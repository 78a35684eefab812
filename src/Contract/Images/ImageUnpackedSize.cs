namespace Argosy.Contract.Images;

/// <summary>Bytes of unpacked files.</summary>
public sealed record ImageUnpackedSize
{
    public long Unpacked { get; init; }
}
