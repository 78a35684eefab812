namespace Argosy.Images.Content;

/// <summary>Bytes that were read ahead, and the rest of their stream.</summary>
internal sealed class PrefixedStream(byte[] prefix, Stream rest) : ReadOnlyStream
{
    private int taken;

    public override int Read(Span<byte> buffer)
    {
        if (taken == prefix.Length)
            return rest.Read(buffer);
        int count = Math.Min(buffer.Length, prefix.Length - taken);
        prefix.AsSpan(taken, count).CopyTo(buffer);
        taken += count;
        return count;
    }
}
