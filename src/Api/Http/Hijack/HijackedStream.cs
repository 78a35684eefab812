using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace Argosy.Api.Http.Hijack;

/// <summary>
/// A connection after its HTTP life. Reads come from Kestrel's input pipe (which may hold bytes already),
/// writes go to the socket itself: a write that has returned is the kernel's to deliver, nothing can be dropped behind it.
/// </summary>
internal sealed class HijackedStream(PipeReader input, Socket socket) : IRawStream
{
    /// <inheritdoc/>
    public bool IsFramed => true;

    /// <summary>Reads what the client sent; 0 when it has closed its half.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ReadResult result = await input.ReadAsync(cancellationToken);
        ReadOnlySequence<byte> available = result.Buffer;
        if (available.IsEmpty && (result.IsCompleted || result.IsCanceled))
        {
            input.AdvanceTo(available.End);
            return 0;
        }
        // Not asked of the sequence again below: behind AdvanceTo its segments are back in the pool, and its length is anything.
        int count = (int)Math.Min(buffer.Length, available.Length);
        ReadOnlySequence<byte> taken = available.Slice(0, count);
        taken.CopyTo(buffer.Span);
        input.AdvanceTo(taken.End);
        return count;
    }

    /// <summary>Writes all bytes; throws <see cref="SocketException"/> when the client is gone.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
    }

    /// <summary>Closes our half: the client reads the end of the stream after the last byte.</summary>
    internal void CompleteOutput()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client has gone first.
        }
    }
}
