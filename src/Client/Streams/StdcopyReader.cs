using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Argosy.Client;

/// <summary>
/// Takes standard output and error apart (Engine API, "Stream format"): frames of eight bytes
/// <c>{stream, 0, 0, 0, length as big-endian uint32}</c> and that many bytes. Stream 3 carries an error of the engine itself.
/// </summary>
public static class StdcopyReader
{
    private const int HeaderLength = 8;
    private const int BufferLength = 32 * 1024;

    /// <summary>Copies frames until the stream ends.</summary>
    /// <exception cref="IOException">The stream ends within a frame, has no frames, or the engine reports an error in it.</exception>
    public static async Task CopyAsync(Stream source, Stream output, Stream error, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (await ReadHeaderAsync(source, buffer, cancellationToken))
            {
                long length = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(4));
                switch (buffer[0])
                {
                    case 0 or 1:
                        await CopyFrameAsync(source, output, length, buffer, cancellationToken);
                        break;
                    case 2:
                        await CopyFrameAsync(source, error, length, buffer, cancellationToken);
                        break;
                    case 3:
                        throw new IOException("error from daemon in stream: " + await ReadTextAsync(source, length, buffer, cancellationToken));
                    default:
                        throw new IOException($"unrecognized stream: {buffer[0]}");
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<bool> ReadHeaderAsync(Stream source, byte[] buffer, CancellationToken cancellationToken)
    {
        int read = await source.ReadAtLeastAsync(buffer.AsMemory(0, HeaderLength), HeaderLength, throwOnEndOfStream: false, cancellationToken);
        return read switch { HeaderLength => true, 0 => false, _ => throw new IOException("the stream ended within a frame's header") };
    }

    private static async Task CopyFrameAsync(Stream source, Stream target, long length, byte[] buffer, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            int read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(length, buffer.Length)), cancellationToken);
            if (read == 0)
                throw new IOException("the stream ended within a frame");
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            length -= read;
        }
        await target.FlushAsync(cancellationToken);
    }

    private static async Task<string> ReadTextAsync(Stream source, long length, byte[] buffer, CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        await CopyFrameAsync(source, text, length, buffer, cancellationToken);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
