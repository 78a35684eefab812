using Argosy.Core;
using Argosy.Linux.Netlink;

namespace Argosy.Networks;

/// <summary>
/// The pair of devices with which the host's own input rules decide about published ports (publish-policy "host-firewall"). A new
/// connection from outside is not translated when it comes: it goes the way of one to the host itself. What has passed the host's input
/// rules is sent into one end, comes out of the other as if it had just arrived, and is translated then. All later packets of the
/// connection follow the kernel's connection tracking, and nothing of this is on their way. See docs/design/networking.md.
/// </summary>
/// <param name="Enter">Where admitted packets are sent into.</param>
/// <param name="Leave">Where they come out.</param>
internal sealed record HostGate(string Enter, string Leave)
{
    /// <summary>Makes the devices, or what they lack.</summary>
    /// <param name="host">The host's devices.</param>
    /// <param name="alias">What ours have.</param>
    /// <exception cref="EngineException">The host drops what does not come from where its answer would go; the gate cannot work.</exception>
    internal void Ensure(RouteSocket host, string alias)
    {
        // The kernel takes the stricter one of a device's setting and the one for all; 1 refuses each packet that comes out of the gate.
        if (HostSettings.Read("net/ipv4/conf/all/rp_filter") == "1")
            throw EngineException.Invalid("publish-policy host-firewall needs net.ipv4.conf.all.rp_filter to be 0 or 2; it is 1");
        if (!host.TryGetLink(Enter, out Link? link))
            host.CreateLoop(Enter, Leave, MacAddresses.Random(), alias);
        else if (link.Alias != alias)
            throw EngineException.Conflict($"{Enter} is a device of somebody else's");
        HostSettings.Write($"net/ipv4/conf/{Leave}/rp_filter", "0");
        foreach (string device in new[] { Enter, Leave })
        {
            // One hardware address on both ends: what comes out is for this host, and nobody has to be asked. Hence no detection of duplicates.
            HostSettings.Write($"net/ipv6/conf/{device}/accept_dad", "0");
            HostSettings.Write($"net/ipv6/conf/{device}/accept_ra", "0");
            HostSettings.Write($"net/ipv6/conf/{device}/disable_ipv6", "0");
            host.SetUpWithoutArp(device);
        }
    }
}
