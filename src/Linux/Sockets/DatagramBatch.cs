using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Argosy.Linux.Sockets;

/// <summary>
/// Room for some datagrams of IPv4 and their answers, taken from and given to a socket by one call each: recvmmsg(2), sendmmsg(2). For one
/// thread; the memory is outside the collector's.
/// </summary>
public sealed unsafe partial class DatagramBatch : IDisposable
{
    private const int DontWait = 0x40, AddressSize = 16;

    private readonly int capacity, room;
    private readonly Message* incoming;
    private readonly Message* outgoing;
    private readonly MessageVector* vectors;
    private readonly byte* addresses;
    private readonly byte* bytes;
    private int answers;
    private bool disposed;

    /// <param name="capacity">How many datagrams at once.</param>
    /// <param name="room">The most bytes of one, and of one's answer; what is longer comes cut off.</param>
    public DatagramBatch(int capacity, int room)
    {
        (this.capacity, this.room) = (capacity, room);
        incoming = (Message*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(Message));
        outgoing = (Message*)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(Message));
        vectors = (MessageVector*)NativeMemory.AllocZeroed((nuint)(2 * capacity), (nuint)sizeof(MessageVector));
        addresses = (byte*)NativeMemory.AllocZeroed((nuint)capacity, AddressSize);
        bytes = (byte*)NativeMemory.AllocZeroed((nuint)(2 * capacity), (nuint)room);
    }

    /// <summary>How many came with the last <see cref="TryReceive"/>.</summary>
    public int Count { get; private set; }

    /// <summary>What came.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    public ReadOnlySpan<byte> Received(int index) => new(bytes + (index * room), (int)incoming[Checked(index)].Length);

    /// <summary>Where its answer may be written; <see cref="Answer"/> makes it one.</summary>
    public Span<byte> Reply(int index) => new(bytes + ((capacity + Checked(index)) * room), room);

    /// <summary>Who sent it: a copy.</summary>
    public SocketAddress Sender(int index)
    {
        var sender = new SocketAddress(AddressFamily.InterNetwork, AddressSize);
        new ReadOnlySpan<byte>(addresses + (Checked(index) * AddressSize), AddressSize).CopyTo(sender.Buffer.Span);
        return sender;
    }

    /// <summary>Takes what is there, without waiting. False: nothing. Forgets what was there before.</summary>
    /// <param name="socket">Of IPv4.</param>
    /// <exception cref="ObjectDisposedException">The socket was closed.</exception>
    public bool TryReceive(SafeHandle socket)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        for (int index = 0; index < capacity; index++)
        {
            vectors[index] = new MessageVector(bytes + (index * room), (nuint)room);
            incoming[index].Header = new MessageHeader(addresses + (index * AddressSize), AddressSize, vectors + index);
        }
        answers = 0;
        // An error is one that an earlier answer met (ICMP): it says nothing about this socket.
        Count = Math.Max(recvmmsg(socket, incoming, (uint)capacity, DontWait, null), 0);
        return Count > 0;
    }

    /// <summary>Answers what came at <paramref name="index"/> with the first bytes of <see cref="Reply"/>; goes out with <see cref="Send"/>.</summary>
    public void Answer(int index, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, room);
        MessageVector* vector = vectors + capacity + answers;
        *vector = new MessageVector(bytes + ((capacity + Checked(index)) * room), (nuint)length);
        outgoing[answers++].Header = new MessageHeader(addresses + (index * AddressSize), AddressSize, vector);
    }

    /// <summary>Sends the answers, without waiting: one that cannot go is lost, as datagrams are.</summary>
    /// <returns>How many went.</returns>
    /// <exception cref="ObjectDisposedException">The socket was closed.</exception>
    public int Send(SafeHandle socket)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        int sent = 0;
        for (int next = 0; next < answers;)
        {
            int done = sendmmsg(socket, outgoing + next, (uint)(answers - next), DontWait);
            sent += Math.Max(done, 0);
            // It stops at the one that fails.
            next += Math.Max(done, 1);
        }
        return sent;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        foreach (nint memory in (ReadOnlySpan<nint>)[(nint)incoming, (nint)outgoing, (nint)vectors, (nint)addresses, (nint)bytes])
            NativeMemory.Free((void*)memory);
    }

    private int Checked(int index)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return index;
    }

    [LibraryImport("libc")]
    private static partial int recvmmsg(SafeHandle socket, Message* messages, uint count, int flags, void* timeout);

    [LibraryImport("libc")]
    private static partial int sendmmsg(SafeHandle socket, Message* messages, uint count, int flags);

    /// <summary><c>struct mmsghdr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Message
    {
        public MessageHeader Header;
        public uint Length;
    }
}
