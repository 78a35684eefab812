using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Argosy.Networks;

/// <summary>Addresses of either family as numbers. The numbers of the two families overlap: what compares networks compares their families first.</summary>
internal static class AddressNumber
{
    internal static UInt128 Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int size);
        return size == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    internal static IPAddress ToAddress(UInt128 number, AddressFamily family)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(family == AddressFamily.InterNetwork ? bytes[12..] : bytes);
    }

    /// <summary>32 or 128.</summary>
    internal static int Bits(AddressFamily family) => family == AddressFamily.InterNetwork ? 32 : 128;

    internal static UInt128 First(IPNetwork network) => Of(network.BaseAddress);

    internal static UInt128 Last(IPNetwork network) => First(network) | HostMask(network.PrefixLength, network.BaseAddress.AddressFamily);

    /// <summary>The bits that tell a subnet's hosts apart.</summary>
    internal static UInt128 HostMask(int prefixLength, AddressFamily family)
    {
        int bits = Bits(family) - prefixLength;
        // A shift by 128 would be one by 0.
        return bits == 128 ? UInt128.MaxValue : (UInt128.One << bits) - 1;
    }

    /// <summary>The subnet of that length that the address is in.</summary>
    internal static IPNetwork NetworkOf(IPAddress address, int prefixLength) =>
        new(ToAddress(Of(address) & ~HostMask(prefixLength, address.AddressFamily), address.AddressFamily), prefixLength);

    internal static bool Overlap(IPNetwork one, IPNetwork other) => SameFamily(one, other) && First(one) <= Last(other) && First(other) <= Last(one);

    internal static bool Contains(IPNetwork outer, IPNetwork inner) => SameFamily(outer, inner) && First(outer) <= First(inner) && Last(inner) <= Last(outer);

    private static bool SameFamily(IPNetwork one, IPNetwork other) => one.BaseAddress.AddressFamily == other.BaseAddress.AddressFamily;
}
