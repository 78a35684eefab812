using Argosy.Api.Http;
using Argosy.Contract.Networks;
using Argosy.Core;
using Argosy.Engine.Networks;
using Argosy.Networks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Networks;

/// <summary>/networks.</summary>
internal sealed class NetworkRoutes(NetworkService networks, TimeProvider time) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/networks", List);
        routes.MapGet("/networks/{id}", Inspect);
        routes.MapDelete("/networks/{id}", Delete);
        routes.MapPost("/networks/create", Create);
        routes.MapPost("/networks/{id}/connect", Connect);
        routes.MapPost("/networks/{id}/disconnect", Disconnect);
        routes.MapPost("/networks/prune", Prune);
    }

    private Task List(HttpContext context)
    {
        NetworkFilter filter = NetworkFilter.ForList(context.Filters());
        // Before 1.28 the list had the containers too.
        bool detailed = context.ApiVersion() < new ApiVersion(1, 28);
        IReadOnlyList<NetworkInspect> found = [.. networks.List()
            .Where(network => filter.Matches(network, () => networks.EndpointsOf(network).Count > 0))
            .Select(network => NetworkAnswers.Describe(network, detailed ? networks.EndpointsOf(network) : []))];
        return context.WriteJsonAsync(found, Contract.Networks.NetworksJson.Default.IReadOnlyListNetworkInspect);
    }

    private Task Inspect(HttpContext context)
    {
        NetworkRecord network = networks.Find(context.Route("id"));
        if (context.Query("scope") is { Length: > 0 } scope && scope != "local")
            throw EngineException.NotFound($"network {context.Route("id")} not found");
        // "verbose" adds a swarm's services; there are none.
        _ = context.QueryBool("verbose");
        return context.WriteJsonAsync(NetworkAnswers.Describe(network, networks.EndpointsOf(network)), Contract.Networks.NetworksJson.Default.NetworkInspect);
    }

    private async Task Create(HttpContext context)
    {
        NetworkCreateRequest request = await context.ReadJsonAsync(Contract.Networks.NetworksJson.Default.NetworkCreateRequest);
        NetworkRecord network = await networks.CreateAsync(NetworkRequests.Parse(request), context.RequestAborted);
        await context.WriteJsonAsync(new NetworkCreateResponse { Id = network.Id.Value, Warning = NetworkRequests.Warning(request) }, Contract.Networks.NetworksJson.Default.NetworkCreateResponse, StatusCodes.Status201Created);
    }

    private async Task Delete(HttpContext context)
    {
        await networks.RemoveAsync(context.Route("id"), context.RequestAborted);
        await context.NoContent();
    }

    private async Task Connect(HttpContext context)
    {
        NetworkConnectRequest request = await context.ReadJsonAsync(Contract.Networks.NetworksJson.Default.NetworkConnectRequest);
        NetworkRecord network = networks.Find(context.Route("id"));
        await networks.ConnectAsync(network.Id.Value, request.Container, NetworkRequests.Parse(request.EndpointConfig, network), context.RequestAborted);
    }

    private async Task Disconnect(HttpContext context)
    {
        NetworkDisconnectRequest request = await context.ReadJsonAsync(Contract.Networks.NetworksJson.Default.NetworkDisconnectRequest);
        await networks.DisconnectAsync(context.Route("id"), request.Container, request.Force, context.RequestAborted);
    }

    private async Task Prune(HttpContext context)
    {
        NetworkFilter filter = NetworkFilter.ForPrune(context.Filters(), time);
        IReadOnlyList<string> removed = await networks.PruneAsync(network => filter.Matches(network, () => false), context.RequestAborted);
        await context.WriteJsonAsync(new NetworkPruneResponse { NetworksDeleted = removed.Count == 0 ? null : removed }, Contract.Networks.NetworksJson.Default.NetworkPruneResponse);
    }
}
