using System.Net;
using System.Text;

namespace Argosy.Networks;

/// <summary>Writes our table in nft(8)'s language: whole, and in changes. See docs/design/networking.md for the path of a packet through it.</summary>
internal sealed class Ruleset(string table)
{
    /// <summary>Replaces the table by one with exactly these networks and ports; one transaction.</summary>
    internal string Whole(IEnumerable<FirewallNetwork> networks, IEnumerable<FirewallPort> ports)
    {
        // "add" before "delete": deleting a table that is not there would be an error.
        var text = new StringBuilder($"add table inet {table}\ndelete table inet {table}\n").Append(Skeleton());
        foreach (FirewallNetwork network in networks)
            text.Append(Change("add", network));
        foreach (FirewallPort port in ports)
            text.Append(Change("add", port));
        return text.ToString();
    }

    internal string Drop() => $"add table inet {table}\ndelete table inet {table}\n";

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
        if (network is { Masquerade: true, Internal: false })
            text.Append(Element(verb, "natted", network.Subnet.ToString()));
        return text.Append(Element(verb, "hairpin", $"{network.Subnet} . {bridge}")).ToString();
    }

    private string Change(string verb, FirewallPort port)
    {
        string key = $"{port.Protocol} . {port.HostPort}", value = $"{port.Address} . {port.Port}";
        return port.HostAddress.Equals(IPAddress.Any)
            ? Element(verb, "published", $"{key} : {value}")
            : Element(verb, "published_at", $"{port.HostAddress} . {key} : {value}");
    }

    private string Element(string verb, string set, string element) => $"{verb} element inet {table} {set} {{ {element} }}\n";

    private string Skeleton() => $$"""
        table inet {{table}} {
          set bridges { type ifname; }
          set same { type ifname . ifname; }
          set internal { type ifname; }
          set hairpin { type ipv4_addr . ifname; flags interval; }
          set natted { type ipv4_addr; flags interval; }
          map published { type inet_proto . inet_service : ipv4_addr . inet_service; }
          map published_at { type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }

          chain guard {
            type filter hook prerouting priority raw; policy accept;
            iifname @bridges ip daddr 127.0.0.0/8 drop comment "route_localnet is on for our bridges: the host's loopback is not theirs"
          }
          chain prerouting {
            type nat hook prerouting priority dstnat; policy accept;
            fib daddr type local jump publish
          }
          chain output {
            type nat hook output priority -100; policy accept;
            fib daddr type local jump publish
          }
          chain publish {
            dnat ip to ip daddr . meta l4proto . th dport map @published_at
            dnat ip to meta l4proto . th dport map @published
          }
          chain postrouting {
            type nat hook postrouting priority srcnat; policy accept;
            oifname @bridges ip saddr 127.0.0.0/8 masquerade comment "127.0.0.1 on the host to a published port"
            ct status dnat ip saddr . oifname @hairpin masquerade comment "a published port, from its own network"
            ip saddr @natted oifname != @bridges masquerade
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
            drop
          }
          chain outbound {
            iifname @internal drop
            accept
          }
        }

        """;
}
