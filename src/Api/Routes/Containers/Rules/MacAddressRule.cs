using System.Net.NetworkInformation;
using Argosy.Api.Http;
using Argosy.Contract.Containers;
using Argosy.Core;

namespace Argosy.Api.Routes.Containers.Rules;

/// <summary>The container-wide MacAddress, which API 1.44 moved to the endpoints (moby, handleMACAddressBC).</summary>
internal static class MacAddressRule
{
    private const string Deprecated = "The container-wide MacAddress field is now deprecated. It should be specified in EndpointsConfig instead.";

    internal static ContainerCreateRequest Apply(ContainerCreateRequest request, ApiVersion version, List<string> warnings)
    {
        string mode = request.HostConfig?.NetworkMode is null or "" or "default" ? "bridge" : request.HostConfig.NetworkMode;
        bool hasEndpoints = mode is not ("host" or "none") && !mode.StartsWith("container:", StringComparison.Ordinal);
        string address = request.MacAddress ?? "";
        if (address.Length > 0 && !PhysicalAddress.TryParse(address, out _))
            throw EngineException.Invalid($"invalid MAC address: {address}");
        return version < new ApiVersion(1, 44) ? Old(request, address, mode, hasEndpoints) : New(request, address, mode, hasEndpoints, warnings);
    }

    /// <summary>The only place for an address: an endpoint's own was not looked at, and there was one endpoint at most.</summary>
    private static ContainerCreateRequest Old(ContainerCreateRequest request, string address, string mode, bool hasEndpoints)
    {
        if (address.Length > 0 && !hasEndpoints)
            throw EngineException.Invalid("conflicting options: mac-address and the network mode");
        if (address.Length == 0 && request.NetworkingConfig?.EndpointsConfig is not { Count: > 0 })
            return request;
        return With(request, mode, _ => address);
    }

    private static ContainerCreateRequest New(ContainerCreateRequest request, string address, string mode, bool hasEndpoints, List<string> warnings)
    {
        if (address.Length == 0)
            return request;
        warnings.Add(Deprecated);
        return hasEndpoints ? With(request with { MacAddress = null }, mode, own => own is "" || own == address ? address
            : throw EngineException.Invalid("the container-wide MAC address must match the endpoint-specific MAC address for the main network, or be left empty")) : request with { MacAddress = null };
    }

    /// <summary>Sets the address of the network mode's endpoint; where only one endpoint is given it is that one, whatever its name.</summary>
    private static ContainerCreateRequest With(ContainerCreateRequest request, string mode, Func<string, string> address)
    {
        var endpoints = new Dictionary<string, EndpointSettings?>(request.NetworkingConfig?.EndpointsConfig ?? new Dictionary<string, EndpointSettings?>());
        string name = endpoints.ContainsKey(mode) ? mode : mode == "bridge" && endpoints.ContainsKey("default") ? "default" : endpoints.Count == 1 ? endpoints.Keys.Single() : mode;
        EndpointSettings endpoint = endpoints.GetValueOrDefault(name) ?? new EndpointSettings();
        endpoints[name] = endpoint with { MacAddress = address(endpoint.MacAddress) };
        return request with { NetworkingConfig = new NetworkingConfig { EndpointsConfig = endpoints } };
    }
}
