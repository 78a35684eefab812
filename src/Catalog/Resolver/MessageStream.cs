using System.Buffers.Binary;
using System.Net.Sockets;

namespace Argosy.Catalog.Resolver;

/// <summary>Messages on a stream socket: four bytes of length (little endian), then that many of JSON.</summary>
internal sealed class MessageStream(Socket socket) : IDisposable
{
    private const int HeadSize = 4, MaxMessage = 256 * 1024 * 1024;
    private readonly Lock sending = new();

    /// <summary>Sends one whole message. The peer reads all the time: this blocks for microseconds, or the peer is stuck.</summary>
    /// <exception cref="SocketException">The peer is gone, or does not read.</exception>
    internal void Send(ReadOnlySpan<byte> message)
    {
        byte[] framed = new byte[HeadSize + message.Length];
        BinaryPrimitives.WriteInt32LittleEndian(framed, message.Length);
        message.CopyTo(framed.AsSpan(HeadSize));
        lock (sending)
            for (int sent = 0; sent < framed.Length;)
                sent += socket.Send(framed.AsSpan(sent));
    }

    /// <summary>The next message; null at the end.</summary>
    /// <exception cref="InvalidDataException">It is none of ours.</exception>
    internal async Task<byte[]?> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] head = new byte[HeadSize];
        if (!await FillAsync(head, cancellationToken))
            return null;
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 0 or > MaxMessage)
            throw new InvalidDataException($"a message of {length} bytes");
        byte[] message = new byte[length];
        return await FillAsync(message, cancellationToken) ? message : null;
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask<bool> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            int size = await socket.ReceiveAsync(buffer, cancellationToken);
            if (size == 0)
                return false;
            buffer = buffer[size..];
        }
        return true;
    }
}
