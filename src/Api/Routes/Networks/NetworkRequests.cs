using System.Net;
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
        if (request.ConfigOnly || request.ConfigFrom is { Network.Length: > 0 })
            throw EngineException.NotImplemented("config-only networks are not supported");
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
            IpamDriver = request.Ipam?.Driver ?? "",
            IpamOptions = request.Ipam?.Options ?? new Dictionary<string, string>(),
            Subnets = [.. (request.Ipam?.Config ?? []).Select(Parse)],
        };
    }

    internal static EndpointConfiguration Parse(EndpointSettings? settings, NetworkRecord network)
    {
        settings ??= new EndpointSettings();
        if (settings.DriverOpts is { Count: > 0 } options)
            throw EngineException.NotImplemented($"endpoint driver option {options.Keys.First()} is not supported");
        if (settings.IpamConfig is { IPv6Address.Length: > 0 })
            throw EngineException.NotImplemented("an IPv6 address of an endpoint is not supported");
        if (settings.IpamConfig is { LinkLocalIPs.Count: > 0 })
            throw EngineException.NotImplemented("link-local addresses of an endpoint are not supported");
        return new EndpointConfiguration
        {
            Network = network.Id,
            NetworkName = network.Name,
            Aliases = settings.Aliases ?? [],
            Links = settings.Links ?? [],
            Address = ParseAddress(settings.IpamConfig?.IPv4Address),
            MacAddress = settings.MacAddress.Length == 0 ? null : settings.MacAddress,
            GatewayPriority = settings.GwPriority,
        };
    }

    private static SubnetSpec Parse(IpamConfig config) => new()
    {
        Subnet = config.Subnet ?? "",
        Range = config.IPRange ?? "",
        Gateway = config.Gateway ?? "",
        Auxiliary = config.AuxiliaryAddresses ?? new Dictionary<string, string>(),
    };

    private static IPAddress? ParseAddress(string? text) =>
        string.IsNullOrEmpty(text) ? null
        : IPAddress.TryParse(text, out IPAddress? address) ? address
        : throw EngineException.Invalid($"invalid endpoint settings:\ninvalid IPv4 address: {text}");
}
