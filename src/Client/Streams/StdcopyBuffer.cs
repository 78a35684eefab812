using System.Buffers.Binary;
using System.Text;

namespace Argosy.Client;

/// <summary>Takes frames apart in memory: payloads that follow each other on one stream become one piece, in place, their headers are squeezed out.</summary>
internal sealed class StdcopyBuffer
{
    private const int HeaderLength = 8;
    private const int EngineError = 3;

    private readonly byte[] buffer = new byte[64 * 1024];
    private readonly StringBuilder engineError = new();
    private int start;
    private int end;
    private int stream;
    private long left;

    /// <summary>Where to read to. Call when <see cref="Next"/> has nothing more; what it gave is overwritten.</summary>
    public Memory<byte> Free()
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        return buffer.AsMemory(end);
    }

    /// <summary>So much was read.</summary>
    public void Added(int count) => end += count;

    /// <summary>The next piece for standard output (1) or error (2); stream 0 when more must be read first.</summary>
    /// <exception cref="IOException">The bytes are no frames, or the engine reports an error.</exception>
    public (int Stream, ReadOnlyMemory<byte> Payload) Next()
    {
        (int from, int to, int of) = (start, start, 0);
        while (true)
        {
            if (left == 0 && !TryReadHeader(to > from ? of : 0))
                break;
            of = stream;
            int count = (int)Math.Min(left, end - start);
            if (stream == EngineError)
                engineError.Append(Encoding.UTF8.GetString(buffer, start, count));
            else
                buffer.AsSpan(start, count).CopyTo(buffer.AsSpan(to));
            to += count;
            start += count;
            left -= count;
            if (stream == EngineError && left == 0)
                throw new IOException("error from daemon in stream: " + engineError);
            if (count == 0 && left > 0)
                break;
        }
        return to > from && of != EngineError ? (of, buffer.AsMemory(from, to - from)) : (0, default);
    }

    /// <summary>The stream has ended.</summary>
    /// <exception cref="IOException">Within a frame.</exception>
    public void End()
    {
        if (left > 0)
            throw new IOException("the stream ended within a frame");
        if (end > start)
            throw new IOException("the stream ended within a frame's header");
    }

    /// <param name="of">The stream of the piece that is being made, 0 for none; a frame of another one is left for the next piece.</param>
    private bool TryReadHeader(int of)
    {
        if (end - start < HeaderLength)
            return false;
        int next = buffer[start] switch { 0 or 1 => 1, 2 => 2, 3 => EngineError, var other => throw new IOException($"unrecognized stream: {other}") };
        if (of != 0 && next != of)
            return false;
        stream = next;
        left = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(start + 4));
        start += HeaderLength;
        return true;
    }
}
