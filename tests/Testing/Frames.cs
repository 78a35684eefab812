using System.Buffers.Binary;

namespace Argosy.Testing;

/// <summary>Docker's frames: stream number, three zeros, length (big endian), bytes.</summary>
public static class Frames
{
    /// <summary>Reads a stream of frames to its end.</summary>
    /// <exception cref="InvalidDataException">The bytes are no frames.</exception>
    public static async Task<(byte[] Output, byte[] Error)> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using MemoryStream output = new(), error = new();
        byte[] head = new byte[8];
        while (await stream.ReadAtLeastAsync(head, 8, throwOnEndOfStream: false, cancellationToken) is var read && read > 0)
        {
            if (read < 8 || head[0] is not (1 or 2) || (head[1] | head[2] | head[3]) != 0)
                throw new InvalidDataException($"not a frame: {Convert.ToHexString(head.AsSpan(0, read))}");
            byte[] content = new byte[BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(4))];
            await stream.ReadExactlyAsync(content, cancellationToken);
            (head[0] == 1 ? output : error).Write(content);
        }
        return (output.ToArray(), error.ToArray());
    }
}
