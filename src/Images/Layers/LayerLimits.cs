namespace Argosy.Images.Layers;

/// <summary>How large a layer may unfold: a few kilobytes of archive can unpack to more than any disk has.</summary>
public sealed record LayerLimits
{
    /// <summary>Bytes of content of one layer; 64 GiB unless told otherwise. Holes do not count.</summary>
    public long MaximumBytes { get; init; } = 64L << 30;

    /// <summary>Files, directories and links of one layer; five million unless told otherwise.</summary>
    public long MaximumEntries { get; init; } = 5_000_000;

    /// <summary>Bytes of a layer's tar, which has headers and padding besides content: what comes behind them costs time, if no disk.</summary>
    internal long MaximumTarBytes => (long)Int128.Min(long.MaxValue, (Int128)MaximumBytes + (Int128)MaximumEntries * MostHeaderBytes + MostPadding);

    // On average: header, pax header and what it holds, padding.
    private const long MostHeaderBytes = 4096;
    private const long MostPadding = 64 << 20;
}
