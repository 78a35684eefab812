using System.Text;
using Argosy.Api.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Daemon;

/// <summary>Liveness and version negotiation.</summary>
internal sealed class PingRoutes : IRouteGroup
{
    private static readonly byte[] Body = Encoding.ASCII.GetBytes("OK");

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/_ping", Ping);
        routes.MapMethods("/_ping", ["HEAD"], Ping);
    }

    private static async Task Ping(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers["Docker-Experimental"] = "false";
        headers["Builder-Version"] = "1"; // the classic builder: /grpc, BuildKit's endpoint, is off
        headers["Swarm"] = "inactive";
        headers.CacheControl = "no-cache, no-store, must-revalidate";
        headers.Pragma = "no-cache";
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(Body, context.RequestAborted);
    }
}
