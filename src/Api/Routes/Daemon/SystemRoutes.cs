using Argosy.Api.Http;
using Argosy.Contract.System;
using Argosy.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Daemon;

/// <summary>The daemon itself: version, information, and what a Docker engine answers on which swarm and plugins are off.</summary>
internal sealed class SystemRoutes(SystemPresenter presenter) : IRouteGroup
{
    private const string NoSwarm = "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again.";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/version", Version);
        routes.MapGet("/info", Info);
        foreach (string swarm in (string[])["/swarm", "/services", "/tasks", "/nodes", "/secrets", "/configs"])
            routes.MapGet(swarm, _ => throw new EngineException(ErrorKind.Unavailable, NoSwarm));
        routes.MapGet("/plugins", context => context.Response.WriteAsync("[]\n"));
        foreach (string buildKit in (string[])["/session", "/grpc"])
            routes.MapPost(buildKit, _ => throw EngineException.NotImplemented("BuildKit is not available: build with DOCKER_BUILDKIT=0, or with argosy build"));
    }

    private async Task Version(HttpContext context) =>
        await context.WriteJsonAsync(presenter.Version(), SystemJson.Default.SystemVersion);

    private async Task Info(HttpContext context) =>
        await context.WriteJsonAsync(presenter.Info(), SystemJson.Default.SystemInfo);
}
