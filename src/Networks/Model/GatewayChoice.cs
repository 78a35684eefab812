namespace Argosy.Networks;

/// <summary>Which endpoint provides a container's default route.</summary>
internal static class GatewayChoice
{
    /// <summary>The highest priority; then, as Docker does, the first network in the order of names. Internal networks have no gateway.</summary>
    internal static Endpoint? Of(IReadOnlyList<Endpoint> endpoints) => Best(endpoints.Where(endpoint => endpoint.Gateway is not null));

    /// <summary>The same for IPv6, which another network may provide.</summary>
    internal static Endpoint? Of6(IReadOnlyList<Endpoint> endpoints) => Best(endpoints.Where(endpoint => endpoint.Gateway6 is not null));

    private static Endpoint? Best(IEnumerable<Endpoint> endpoints) => endpoints
        .OrderByDescending(endpoint => endpoint.GatewayPriority)
        .ThenBy(endpoint => endpoint.NetworkName, StringComparer.Ordinal)
        .FirstOrDefault();
}
