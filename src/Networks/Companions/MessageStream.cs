using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Argosy.Linux.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Networks.Companions;

/// <summary>Messages on a stream socket: four bytes of length (little endian), then that many of JSON; descriptors come with the length.</summary>
internal sealed class MessageStream(Socket socket) : IDisposable
{
    private const int HeadSize = 4, MaxMessage = 256 * 1024 * 1024;
    private readonly Lock sending = new();

    /// <summary>Sends one whole message. The peer reads all the time: this blocks for microseconds, or the peer is stuck.</summary>
    /// <exception cref="SocketException">The peer is gone, or does not read.</exception>
    /// <exception cref="IOException">Likewise.</exception>
    internal void Send(ReadOnlySpan<byte> message, params IReadOnlyList<SafeHandle> descriptors)
    {
        byte[] framed = new byte[HeadSize + message.Length];
        BinaryPrimitives.WriteInt32LittleEndian(framed, message.Length);
        message.CopyTo(framed.AsSpan(HeadSize));
        lock (sending)
        {
            int sent = descriptors.Count > 0 ? DescriptorPassing.Send(socket, framed, descriptors) : 0;
            while (sent < framed.Length)
                sent += socket.Send(framed.AsSpan(sent));
        }
    }

    /// <summary>The next message; null at the end.</summary>
    /// <exception cref="InvalidDataException">It is none of ours.</exception>
    internal async Task<Message?> ReceiveAsync(CancellationToken cancellationToken)
    {
        byte[] head = new byte[HeadSize];
        var descriptors = new List<SafeFileHandle>();
        if (!await FillAsync(head, descriptors, cancellationToken))
            return null;
        int length = BinaryPrimitives.ReadInt32LittleEndian(head);
        if (length is < 0 or > MaxMessage)
            throw new InvalidDataException($"a message of {length} bytes");
        byte[] message = new byte[length];
        return await FillAsync(message, descriptors, cancellationToken) ? new Message(message, descriptors) : null;
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask<bool> FillAsync(Memory<byte> buffer, List<SafeFileHandle> descriptors, CancellationToken cancellationToken)
    {
        while (buffer.Length > 0)
        {
            // Without room it waits until there is something: only the kernel's own call takes descriptors.
            await socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
            int size = DescriptorPassing.Receive(socket, buffer.Span, descriptors);
            if (size == 0)
                return false;
            buffer = buffer[Math.Max(size, 0)..];
        }
        return true;
    }
}
