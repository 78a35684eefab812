using System.IO.MemoryMappedFiles;
using Argosy.Images.Content;

namespace Argosy.Engine.Builds;

/// <summary>Keeps what is read of a stream, up to a bound, so that it can be read a second time.</summary>
/// <remarks>Kept outside of the managed heap, which would not give megabytes back at once.</remarks>
internal sealed class KeptStream : ReadOnlyStream
{
    private readonly Stream inner;
    private readonly int bound;
    private readonly MemoryMappedFile memory;
    private readonly MemoryMappedViewStream kept;
    private int length;
    private bool isAgain;

    public KeptStream(Stream inner, int bound)
    {
        (this.inner, this.bound) = (inner, bound);
        memory = MemoryMappedFile.CreateNew(null, bound);
        kept = memory.CreateViewStream();
    }

    /// <inheritdoc/>
    /// <exception cref="BoundReachedException">As much as is kept has been read: go on with <see cref="BeginAgain"/>.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (isAgain)
            return kept.Position < length ? kept.Read(buffer[..(int)Math.Min(buffer.Length, length - kept.Position)]) : inner.Read(buffer);
        if (length == bound)
            throw new BoundReachedException();
        int read = inner.Read(buffer[..Math.Min(buffer.Length, bound - length)]);
        kept.Write(buffer[..read]);
        length += read;
        return read;
    }

    /// <summary>From here on the stream is read from its start again, whatever its length, and nothing more is kept.</summary>
    public void BeginAgain()
    {
        kept.Position = 0;
        isAgain = true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            kept.Dispose();
            memory.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>The stream is longer than what is kept of it.</summary>
    internal sealed class BoundReachedException : IOException;
}
