namespace Argosy.Networks;

// The gate: see HostGate. dup exists in the tables of one family only, so that published ports are named there once more.
internal sealed partial class Ruleset
{
    /// <summary>What comes from outside is translated when it comes out of the gate only; containers and the host itself need no admission.</summary>
    private string Arrival => gate is null ? "" : $"iifname != @bridges iifname != \"{gate.Leave}\" return\n    ";

    private string GateElement(string verb, FirewallPort port, bool everywhere)
    {
        (string family, string key) = (port.IsIpv6 ? "ip6" : "ip", $"{port.Protocol} . {port.HostPort}");
        return everywhere
            ? $"{verb} element {family} {table} gated {{ {key} }}\n"
            : $"{verb} element {family} {table} gated_at {{ {port.HostAddress} . {key} }}\n";
    }

    /// <summary>Behind the host's own input rules, whatever their priorities: what was not dropped there is sent through the gate, and ends here.</summary>
    private string GateSkeleton() => gate is null ? "" : GateSkeleton("ip", "ipv4_addr", "192.0.0.8", gate) + GateSkeleton("ip6", "ipv6_addr", "fe80::1", gate);

    /// <param name="family">"ip" or "ip6".</param>
    /// <param name="type">Of its addresses.</param>
    /// <param name="address">Any that is on the way into the gate; nobody has it, and nobody is asked for it.</param>
    /// <param name="through">The gate.</param>
    private string GateSkeleton(string family, string type, string address, HostGate through) => $$"""
        table {{family}} {{table}} {
          set gated { type inet_proto . inet_service; }
          set gated_at { type {{type}} . inet_proto . inet_service; }
          chain gate {
            type filter hook input priority 2000; policy accept;
            iifname { "lo", "{{through.Leave}}" } return
            ct state new fib daddr type local meta l4proto . th dport @gated jump admit
            ct state new fib daddr type local {{family}} daddr . meta l4proto . th dport @gated_at jump admit
          }
          chain admit {
            dup to {{address}} device "{{through.Enter}}"
            drop
          }
        }

        """;
}
