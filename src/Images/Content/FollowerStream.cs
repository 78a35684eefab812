using Microsoft.Win32.SafeHandles;

namespace Argosy.Images.Content;

/// <summary>Reads a blob while it is being written.</summary>
internal sealed class FollowerStream(BlobIngest ingest, SafeFileHandle file) : ReadOnlyStream
{
    private long position;

    /// <summary>Bytes read so far.</summary>
    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        long available = ingest.WaitBeyond(position);
        if (available <= 0)
            return 0;
        int read = RandomAccess.Read(file, buffer[..(int)Math.Min(buffer.Length, available)], position);
        position += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
