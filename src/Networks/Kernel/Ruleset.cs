using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Argosy.Networks;

/// <summary>Writes our table in nft(8)'s language: whole, and in changes. See docs/design/networking.md for the path of a packet through it.</summary>
internal sealed partial class Ruleset(string table, HostGate? gate = null)
{
    private static readonly string[] Families = ["inet", "ip", "ip6"];

    /// <summary>Replaces the table by one with exactly these networks and ports; one transaction.</summary>
    internal string Whole(IEnumerable<FirewallNetwork> networks, IEnumerable<FirewallPort> ports)
    {
        var text = new StringBuilder(Drop()).Append(Skeleton()).Append(GateSkeleton());
        foreach (FirewallNetwork network in networks)
            text.Append(Change("add", network));
        foreach (FirewallPort port in ports)
            text.Append(Change("add", port));
        return text.ToString();
    }

    /// <summary>"add" before "delete": deleting a table that is not there would be an error. The gate's tables too, which a daemon with another policy may have left.</summary>
    internal string Drop() => string.Concat(Families.Select(family => $"add table {family} {table}\ndelete table {family} {table}\n"));

    /// <summary>Fails when something of it is missing.</summary>
    internal string Probe() => $"list chain inet {table} publish\n" + (gate is null ? "" : $"list chain ip {table} gate\nlist chain ip6 {table} gate\n");

    internal string Add(FirewallNetwork network) => Change("add", network);

    internal string Delete(FirewallNetwork network) => Change("delete", network);

    internal string Add(IEnumerable<FirewallPort> ports) => string.Concat(ports.Select(port => Change("add", port)));

    internal string Delete(IEnumerable<FirewallPort> ports) => string.Concat(ports.Select(port => Change("delete", port)));

    private string Change(string verb, FirewallNetwork network)
    {
        string bridge = $"\"{network.Bridge}\"";
        var text = new StringBuilder(Element(verb, "bridges", bridge));
        if (network.InterContainerCommunication)
            text.Append(Element(verb, "same", $"{bridge} . {bridge}"));
        if (network.Internal)
            text.Append(Element(verb, "internal", bridge));
        AppendFamily(text, verb, network, "", AddressFamily.InterNetwork, network.Mode);
        AppendFamily(text, verb, network, "6", AddressFamily.InterNetworkV6, network.Mode6);
        return text.ToString();
    }

    /// <param name="text">Gets the elements.</param>
    /// <param name="verb">"add" or "delete".</param>
    /// <param name="network">The network.</param>
    /// <param name="suffix">What the family's sets end with.</param>
    /// <param name="family">Which; a network without subnets of it is not in its sets.</param>
    /// <param name="mode">Likewise.</param>
    private void AppendFamily(StringBuilder text, string verb, FirewallNetwork network, string suffix, AddressFamily family, GatewayMode mode)
    {
        IPNetwork[] subnets = [.. network.Subnets.Where(subnet => subnet.BaseAddress.AddressFamily == family)];
        if (subnets.Length == 0)
            return;
        bool natted = network is { Masquerade: true, Internal: false } && mode is GatewayMode.Nat or GatewayMode.NatUnprotected;
        if (mode == GatewayMode.NatUnprotected)
            text.Append(Element(verb, "unprotected" + suffix, $"\"{network.Bridge}\""));
        if (mode == GatewayMode.Routed)
            text.Append(Element(verb, "routed" + suffix, $"\"{network.Bridge}\""));
        foreach (IPNetwork subnet in subnets)
        {
            if (natted)
                text.Append(Element(verb, "natted" + suffix, subnet.ToString()));
            text.Append(Element(verb, "hairpin" + suffix, $"{subnet} . \"{network.Bridge}\""));
        }
    }

    private string Change(string verb, FirewallPort port)
    {
        string suffix = port.IsIpv6 ? "6" : "";
        if (port.IsRouted)
            return Element(verb, "open" + suffix, $"{port.Address} . {port.Protocol} . {port.Port}");
        string key = $"{port.Protocol} . {port.HostPort}", value = $"{port.Address} . {port.Port}";
        bool everywhere = port.HostAddress.Equals(IPAddress.Any) || port.HostAddress.Equals(IPAddress.IPv6Any);
        string gated = gate is null ? "" : GateElement(verb, port, everywhere);
        return gated + (everywhere
            ? Element(verb, "published" + suffix, $"{key} : {value}")
            : Element(verb, "published_at" + suffix, $"{port.HostAddress} . {key} : {value}"));
    }

    private string Element(string verb, string set, string element) => $"{verb} element inet {table} {set} {{ {element} }}\n";

    private string Skeleton() => $$"""
        table inet {{table}} {
          set bridges { type ifname; }
          set same { type ifname . ifname; }
          set internal { type ifname; }
          set hairpin { type ipv4_addr . ifname; flags interval; }
          set hairpin6 { type ipv6_addr . ifname; flags interval; }
          set natted { type ipv4_addr; flags interval; }
          set natted6 { type ipv6_addr; flags interval; }
          set unprotected { type ifname; }
          set unprotected6 { type ifname; }
          set routed { type ifname; }
          set routed6 { type ifname; }
          set open { type ipv4_addr . inet_proto . inet_service; }
          set open6 { type ipv6_addr . inet_proto . inet_service; }
          map published { type inet_proto . inet_service : ipv4_addr . inet_service; }
          map published6 { type inet_proto . inet_service : ipv6_addr . inet_service; }
          map published_at { type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }
          map published_at6 { type ipv6_addr . inet_proto . inet_service : ipv6_addr . inet_service; }

          chain guard {
            type filter hook prerouting priority raw; policy accept;
            iifname @bridges ip daddr 127.0.0.0/8 drop comment "route_localnet is on for our bridges: the host's loopback is not theirs"
          }
          chain prerouting {
            type nat hook prerouting priority dstnat; policy accept;
            {{Arrival}}fib daddr type local jump publish
          }
          chain output {
            type nat hook output priority -100; policy accept;
            fib daddr type local jump publish
          }
          chain publish {
            dnat ip to ip daddr . meta l4proto . th dport map @published_at
            dnat ip to meta l4proto . th dport map @published
            ip6 daddr ::1 return comment "IPv6 has no route_localnet: an answer to ::1 would never come back"
            dnat ip6 to ip6 daddr . meta l4proto . th dport map @published_at6
            dnat ip6 to meta l4proto . th dport map @published6
          }
          chain postrouting {
            type nat hook postrouting priority srcnat; policy accept;
            oifname @bridges ip saddr 127.0.0.0/8 masquerade comment "127.0.0.1 on the host to a published port"
            ct status dnat ip saddr . oifname @hairpin masquerade comment "a published port, from its own network"
            ct status dnat ip6 saddr . oifname @hairpin6 masquerade
            ip saddr @natted oifname != @bridges masquerade
            ip6 saddr @natted6 oifname != @bridges masquerade
          }
          chain forward {
            type filter hook forward priority filter; policy accept;
            oifname @bridges jump inbound
            iifname @bridges jump outbound
          }
          chain inbound {
            ct state established,related accept
            ct status dnat accept
            iifname . oifname @same accept
            iifname @internal drop
            oifname @internal drop
            meta nfproto ipv4 oifname @unprotected accept
            meta nfproto ipv6 oifname @unprotected6 accept
            ip daddr . meta l4proto . th dport @open accept
            ip6 daddr . meta l4proto . th dport @open6 accept
            meta l4proto icmp oifname @routed accept
            meta l4proto ipv6-icmp oifname @routed6 accept
            drop
          }
          chain outbound {
            iifname @internal drop
            accept
          }
        }

        """;
}
