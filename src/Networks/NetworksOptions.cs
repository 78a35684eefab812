using System.Net;

namespace Argosy.Networks;

/// <summary>The daemon's network settings; the key names of Docker's daemon.json are in parentheses.</summary>
public sealed record NetworksOptions
{
    /// <summary>The default network's bridge device (bridge); null: "argosy0", for other instances a name of their own.</summary>
    public string? DefaultBridge { get; init; }

    /// <summary>The default network's bridge address and subnet (bip), "172.17.0.1/16"; null: that one if it is free, else a free pool.</summary>
    public string? DefaultBridgeAddress { get; init; }

    /// <summary>Whether the default network has IPv6 (ipv6).</summary>
    public bool DefaultBridgeIpv6 { get; init; }

    /// <summary>The default network's IPv6 subnet (fixed-cidr-v6), "2001:db8:1::/64"; null: one of the pools.</summary>
    public string? DefaultBridgeSubnet6 { get; init; }

    /// <summary>Where user-defined networks get their subnets from (default-address-pools).</summary>
    public IReadOnlyList<AddressPool> AddressPools { get; init; } = AddressPool.Defaults;

    /// <summary>Resolvers of containers that name none (dns).</summary>
    public IReadOnlyList<string> Dns { get; init; } = [];

    /// <summary>Their search domains (dns-search).</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>Their resolver options (dns-opts).</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>Bytes (mtu).</summary>
    public int Mtu { get; init; } = 1500;

    /// <summary>Where ports are published that name no host address (ip).</summary>
    public IPAddress PublishAddress { get; init; } = IPAddress.Any;

    /// <summary>The host's own input rules decide about published ports (publish-policy "host-firewall"); else they are open ("open").</summary>
    public bool HostFirewallDecides { get; init; }

    /// <summary>Whether containers of the default network reach each other (icc).</summary>
    public bool InterContainerCommunication { get; init; } = true;

    /// <summary>How many prepared network namespaces are kept for the next containers.</summary>
    public int WarmNamespaces { get; init; } = 4;
}
