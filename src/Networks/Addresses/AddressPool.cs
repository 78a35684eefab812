using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Argosy.Networks;

/// <summary>A range from which networks get subnets of one size.</summary>
/// <param name="Base">The range.</param>
/// <param name="Size">Each subnet's prefix length.</param>
public sealed record AddressPool(IPNetwork Base, int Size)
{
    /// <summary>4,096 networks of /24 out of the private ranges; the first ones look as Docker's users know them.</summary>
    public static IReadOnlyList<AddressPool> Defaults { get; } =
    [
        .. Enumerable.Range(18, 14).Select(second => new AddressPool(IPNetwork.Parse($"172.{second}.0.0/16"), 24)),
        new(IPNetwork.Parse("192.168.0.0/16"), 24),
        new(IPNetwork.Parse("172.16.0.0/16"), 24),
        new(IPNetwork.Parse("172.17.0.0/16"), 24),
    ];

    /// <summary>
    /// 65,536 networks of /64 under a unique local prefix (RFC 4193) that is this daemon's alone. It is derived from the machine and the
    /// daemon's name instead of kept: the same daemon has the same one, two that are connected some day have different ones.
    /// </summary>
    internal static AddressPool UniqueLocal(string machine, string instance)
    {
        ulong hash = Encoding.UTF8.GetBytes($"{machine}/{instance}").Aggregate(14695981039346656037ul, (value, part) => unchecked((value ^ part) * 1099511628211ul));
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        // Eight bits "fd", forty bits of the prefix.
        BinaryPrimitives.WriteUInt64BigEndian(bytes, (0xfdul << 56) | ((hash >> 24) << 16));
        return new AddressPool(new IPNetwork(new IPAddress(bytes), 48), 64);
    }

    internal AddressFamily Family => Base.BaseAddress.AddressFamily;
}
