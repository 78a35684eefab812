using Argosy.Contract.Networks;
using Argosy.Networks;

namespace Argosy.Api.Routes.Networks;

/// <summary>Networks in the words of the Engine API.</summary>
internal static class NetworkAnswers
{
    internal static NetworkInspect Describe(NetworkRecord network, IReadOnlyList<(Sandbox Sandbox, Endpoint Endpoint)> endpoints) => new()
    {
        Name = network.Name,
        Id = network.Id.Value,
        Created = network.Created,
        Driver = network.Driver,
        EnableIPv4 = network.Configuration?.EnableIPv4 ?? network.Ipv4 is not null,
        EnableIPv6 = network.Configuration?.EnableIPv6 ?? network.Ipv6 is not null,
        Ipam = new Ipam { Driver = "default", Options = network.IsPredefined ? null : network.IpamOptions, Config = [.. network.Configuration?.Subnets.Select(Describe) ?? network.Subnets.Select(Describe)] },
        ConfigOnly = network.Configuration is not null,
        ConfigFrom = new ConfigReference { Network = network.ConfigFrom },
        Internal = network.Internal,
        Attachable = network.Attachable,
        Containers = endpoints.ToDictionary(pair => pair.Sandbox.Container.Value, pair => Describe(pair.Sandbox, pair.Endpoint)),
        Options = network.Options,
        Labels = network.Labels,
    };

    private static IpamConfig Describe(SubnetRecord subnet) => new()
    {
        Subnet = subnet.Subnet.ToString(),
        IPRange = subnet.Range?.ToString(),
        Gateway = subnet.Gateway.ToString(),
        AuxiliaryAddresses = subnet.Auxiliary.Count == 0 ? null : subnet.Auxiliary.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()),
    };

    private static IpamConfig Describe(SubnetSpec subnet) => new()
    {
        Subnet = subnet.Subnet,
        IPRange = NullIfEmpty(subnet.Range),
        Gateway = NullIfEmpty(subnet.Gateway),
        AuxiliaryAddresses = subnet.Auxiliary.Count == 0 ? null : subnet.Auxiliary,
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static NetworkContainer Describe(Sandbox sandbox, Endpoint endpoint) => new()
    {
        Name = sandbox.ContainerName,
        EndpointId = endpoint.Id,
        MacAddress = endpoint.MacAddress,
        IPv4Address = endpoint.Address is { } address ? $"{address}/{endpoint.PrefixLength}" : "",
        IPv6Address = endpoint.Address6 is { } address6 ? $"{address6}/{endpoint.PrefixLength6}" : "",
    };
}
