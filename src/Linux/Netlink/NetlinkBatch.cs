using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Argosy.Linux.Netlink;

/// <summary>One or several netlink requests that are sent together. The kernel handles them in order and acknowledges each.</summary>
/// <remarks>Layout: <c>struct nlmsghdr</c>, a family's header, attributes (<c>struct nlattr</c>), each aligned to four bytes; netlink(7).</remarks>
internal sealed class NetlinkBatch
{
    private const int HeaderSize = 16;
    private byte[] buffer = new byte[512];
    private int length;
    private int message = -1;

    /// <summary>How many requests there are.</summary>
    internal int Count { get; private set; }

    /// <summary>All requests, complete and aligned.</summary>
    internal Span<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>Begins a request; the family's header and its attributes follow.</summary>
    internal NetlinkBatch Begin<THeader>(ushort type, NetlinkFlags flags, in THeader header) where THeader : unmanaged
    {
        End();
        message = length;
        Span<byte> head = Grow(HeaderSize);
        BinaryPrimitives.WriteUInt16LittleEndian(head[4..], type);
        BinaryPrimitives.WriteUInt16LittleEndian(head[6..], (ushort)(flags | NetlinkFlags.Request));
        MemoryMarshal.Write(Grow(Align(Marshal.SizeOf<THeader>())), header);
        Count++;
        return this;
    }

    internal NetlinkBatch Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        Span<byte> attribute = Grow(Align(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(attribute, (ushort)(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(attribute[2..], type);
        value.CopyTo(attribute[4..]);
        return this;
    }

    internal NetlinkBatch Attribute(ushort type, string text) => Attribute(type, Encoding.UTF8.GetBytes(text + '\0'));

    internal NetlinkBatch Attribute(ushort type, byte value) => Attribute(type, [value]);

    internal NetlinkBatch Attribute(ushort type, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return Attribute(type, bytes);
    }

    /// <summary>Begins a nested attribute; give the result to <see cref="EndNest"/>.</summary>
    internal int BeginNest(ushort type)
    {
        int start = length;
        Attribute(type, []);
        return start;
    }

    internal NetlinkBatch EndNest(int start)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(buffer.AsSpan(start), (ushort)(length - start));
        return this;
    }

    /// <summary>Puts a structure where an attribute's payload is expected (veth's peer begins with an <c>ifinfomsg</c>).</summary>
    internal void Raw<T>(in T value) where T : unmanaged => MemoryMarshal.Write(Grow(Align(Marshal.SizeOf<T>())), value);

    /// <summary>Numbers the requests from <paramref name="firstSequence"/> on, so that answers can be told apart.</summary>
    internal void Finish(uint firstSequence)
    {
        End();
        for (int offset = 0; offset < length; offset += Align(BinaryPrimitives.ReadInt32LittleEndian(buffer.AsSpan(offset))))
            BinaryPrimitives.WriteUInt32LittleEndian(buffer.AsSpan(offset + 8), firstSequence++);
    }

    private void End()
    {
        if (message >= 0)
            BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(message), length - message);
        message = -1;
    }

    private Span<byte> Grow(int size)
    {
        if (length + size > buffer.Length)
            Array.Resize(ref buffer, Math.Max(buffer.Length * 2, length + size));
        Span<byte> grown = buffer.AsSpan(length, size);
        length += size;
        return grown;
    }

    private static int Align(int size) => (size + 3) & ~3;
}
