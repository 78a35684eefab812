using Argosy.Contract.Containers;

namespace Argosy.Contract.Networks;

/// <summary>The body of <c>POST /networks/{id}/connect</c>.</summary>
public sealed record NetworkConnectRequest
{
    public string Container { get; set; } = "";

    public EndpointSettings? EndpointConfig { get; init; }
}
