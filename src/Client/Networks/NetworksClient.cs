using System.Text.Json;
using Argosy.Client.Transport;
using Argosy.Contract.Containers;
using Argosy.Contract.Networks;

namespace Argosy.Client;

/// <summary>Requests about networks. A network is named by its id, an unambiguous beginning of it, or its name.</summary>
public sealed class NetworksClient
{
    private readonly EngineTransport transport;

    internal NetworksClient(EngineTransport transport) => this.transport = transport;

    /// <summary>All networks.</summary>
    public Task<IReadOnlyList<NetworkInspect>> ListAsync(Filters? filters = null, CancellationToken cancellationToken = default) =>
        transport.GetAsync(new Query("/networks").AddFilters(filters).ToString(), NetworksJson.Default.IReadOnlyListNetworkInspect, cancellationToken);

    /// <summary>Everything about one network, its containers included.</summary>
    public Task<NetworkInspect> InspectAsync(string network, CancellationToken cancellationToken = default) =>
        transport.GetAsync(Path(network), NetworksJson.Default.NetworkInspect, cancellationToken);

    /// <summary>Everything about one network as the engine wrote it.</summary>
    public Task<JsonDocument> InspectRawAsync(string network, CancellationToken cancellationToken = default) =>
        transport.DocumentAsync(Path(network), cancellationToken);

    /// <summary>Creates a network.</summary>
    public Task<NetworkCreateResponse> CreateAsync(NetworkCreateRequest request, CancellationToken cancellationToken = default) =>
        transport.PostAsync(
            "/networks/create", NetworksJson.Default.NetworkCreateResponse, cancellationToken,
            EngineTransport.Json(request, NetworksJson.Default.NetworkCreateRequest));

    /// <summary>Removes a network that no container uses.</summary>
    public Task RemoveAsync(string network, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Delete, Path(network), cancellationToken);

    /// <summary>Connects a container to a network.</summary>
    public Task ConnectAsync(string network, string container, EndpointSettings? settings = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, Path(network) + "/connect", cancellationToken, EngineTransport.Json(
            new NetworkConnectRequest { Container = container, EndpointConfig = settings }, NetworksJson.Default.NetworkConnectRequest));

    /// <summary>Disconnects a container from a network.</summary>
    public Task DisconnectAsync(string network, string container, bool force = false, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, Path(network) + "/disconnect", cancellationToken, EngineTransport.Json(
            new NetworkDisconnectRequest { Container = container, Force = force }, NetworksJson.Default.NetworkDisconnectRequest));

    /// <summary>Removes all networks that no container uses.</summary>
    public Task<NetworkPruneResponse> PruneAsync(Filters? filters = null, CancellationToken cancellationToken = default) =>
        transport.PostAsync(new Query("/networks/prune").AddFilters(filters).ToString(), NetworksJson.Default.NetworkPruneResponse, cancellationToken);

    private static string Path(string network) => "/networks/" + Uri.EscapeDataString(network);
}
