using Argosy.Contract.Containers;
using Argosy.Contract.Networks;
using Argosy.Core;
using Argosy.Engine.Networks;
using Argosy.Networks;

namespace Argosy.Api.Routes.Networks;

/// <summary>Requests about networks, parsed; what we cannot honour is refused by name.</summary>
internal static class NetworkRequests
{
    internal static NetworkSpec Parse(NetworkCreateRequest request)
    {
        if (request.Ingress)
            throw EngineException.NotImplemented("ingress networks need a swarm");
        if (request.Scope is not ("" or "local"))
            throw EngineException.Invalid($"network scope {request.Scope} needs a swarm");
        return new NetworkSpec
        {
            Name = request.Name,
            Driver = request.Driver,
            Internal = request.Internal,
            Attachable = request.Attachable,
            EnableIPv4 = request.EnableIPv4 ?? true,
            EnableIPv6 = request.EnableIPv6 ?? false,
            Options = request.Options ?? new Dictionary<string, string>(),
            Labels = request.Labels ?? new Dictionary<string, string>(),
            ConfigOnly = request.ConfigOnly,
            ConfigFrom = request.ConfigFrom?.Network ?? "",
            HasScope = request.Scope.Length > 0,
            IpamDriver = request.Ipam?.Driver ?? "",
            IpamOptions = request.Ipam?.Options ?? new Dictionary<string, string>(),
            Subnets = [.. (request.Ipam?.Config ?? []).Select(Parse)],
        };
    }

    internal static EndpointConfiguration Parse(EndpointSettings? settings, NetworkRecord network)
    {
        settings ??= new EndpointSettings();
        return new EndpointConfiguration
        {
            Network = network.Id,
            NetworkName = network.Name,
            Aliases = settings.Aliases ?? [],
            Links = settings.Links ?? [],
            Address = EndpointAddresses.ParseIpv4(settings.IpamConfig),
            Address6 = EndpointAddresses.ParseIpv6(settings.IpamConfig),
            LinkLocal = EndpointAddresses.ParseLinkLocal(settings.IpamConfig),
            Options = settings.DriverOpts ?? new Dictionary<string, string>(),
            MacAddress = settings.MacAddress.Length == 0 ? null : settings.MacAddress,
            GatewayPriority = settings.GwPriority,
        };
    }

    /// <summary>What Docker does without a word, and we do with one: subnets of a family that the network does not have.</summary>
    internal static string Warning(NetworkCreateRequest request)
    {
        static bool IsIpv6(string subnet) => subnet.Contains(':', StringComparison.Ordinal);
        bool IsUnused(string subnet) => IsIpv6(subnet) ? request.EnableIPv6 != true : request.EnableIPv4 == false;
        string? unused = request.Ipam?.Config?.Select(config => config.Subnet).FirstOrDefault(subnet => subnet is { Length: > 0 } && IsUnused(subnet));
        if (unused is null)
            return "";
        string family = IsIpv6(unused) ? "IPv6" : "IPv4";
        return $"the {family} subnet {unused} is not used: the network has no {family} (Enable{family})";
    }

    private static SubnetSpec Parse(IpamConfig config) => new()
    {
        Subnet = config.Subnet ?? "",
        Range = config.IPRange ?? "",
        Gateway = config.Gateway ?? "",
        Auxiliary = config.AuxiliaryAddresses ?? new Dictionary<string, string>(),
    };
}
