using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Argosy.Networks;

/// <summary>IPv4 addresses as numbers.</summary>
internal static class Ipv4
{
    internal static uint ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        return address.AddressFamily == AddressFamily.InterNetwork && address.TryWriteBytes(bytes, out _)
            ? BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : throw new ArgumentException($"{address} is not an IPv4 address", nameof(address));
    }

    internal static IPAddress ToAddress(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }

    internal static uint First(IPNetwork network) => ToNumber(network.BaseAddress);

    internal static uint Last(IPNetwork network) => First(network) | (network.PrefixLength == 32 ? 0 : uint.MaxValue >> network.PrefixLength);

    internal static bool Overlap(IPNetwork one, IPNetwork other) => First(one) <= Last(other) && First(other) <= Last(one);

    internal static bool Contains(IPNetwork outer, IPNetwork inner) => First(outer) <= First(inner) && Last(inner) <= Last(outer);
}
