using System.Net;

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
}
