using System.Buffers.Binary;
using System.Text;

namespace Argosy.Linux.Netlink;

/// <summary>Walks the attributes of an answer.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> rest = rest;

    internal ushort Type { get; private set; }

    internal ReadOnlySpan<byte> Value { get; private set; }

    internal readonly int Int32 => BinaryPrimitives.ReadInt32LittleEndian(Value);

    internal readonly string Text => Encoding.UTF8.GetString(Value.TrimEnd((byte)0));

    internal bool Next()
    {
        if (rest.Length < 4)
            return false;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(rest);
        if (length < 4 || length > rest.Length)
            return false;
        // The two high bits say "nested" and "network byte order".
        Type = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]) & 0x3fff);
        Value = rest[4..length];
        rest = rest[Math.Min(rest.Length, (length + 3) & ~3)..];
        return true;
    }
}
