namespace Argosy.Images.Content;

/// <summary>Passes a stream through and tells how far it got. Reads ahead in large blocks, for decompressors that ask for little at a time.</summary>
internal sealed class ObservedStream(Stream inner, Action<long> progress) : ReadOnlyStream
{
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(128 * 1024);
    private int start;
    private int end;
    private long total;

    public override int Read(Span<byte> destination)
    {
        if (start == end && !Fill())
            return 0;
        int count = Math.Min(destination.Length, end - start);
        buffer.AsSpan(start, count).CopyTo(destination);
        start += count;
        return count;
    }

    private bool Fill()
    {
        (start, end) = (0, inner.Read(buffer, 0, buffer.Length));
        total += end;
        progress(total);
        return end > 0;
    }
}
