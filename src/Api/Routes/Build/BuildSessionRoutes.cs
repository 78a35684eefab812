using Argosy.Api.Http;
using Argosy.Contract.Build;
using Argosy.Core;
using Argosy.Engine.Builds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Build;

/// <summary>
/// Argosy's own: what <c>POST /build</c> of Docker's API has no place for is handed over first, and the build names it with the header <c>X-Argosy-Build</c>.
/// </summary>
internal sealed class BuildSessionRoutes(BuildSessions sessions) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/argosy/builds", Begin);
        routes.MapPut("/argosy/builds/{id}/secrets/{name}", AddSecret);
        routes.MapPut("/argosy/builds/{id}/contexts/{name}", AddContext);
        routes.MapDelete("/argosy/builds/{id}", Remove);
    }

    private async Task Begin(HttpContext context)
    {
        BuildSessionRequest? request = await context.ReadOptionalJsonAsync(BuildJson.Default.BuildSessionRequest);
        string id = sessions.Begin(request?.NoCacheStages ?? []);
        await context.WriteJsonAsync(new BuildSessionResponse { Id = id }, BuildJson.Default.BuildSessionResponse, StatusCodes.Status201Created);
    }

    private async Task AddSecret(HttpContext context)
    {
        byte[] value = new byte[BuildSessions.LargestSecret + 1];
        int length = await context.Request.Body.ReadAtLeastAsync(value, value.Length, throwOnEndOfStream: false, context.RequestAborted);
        sessions.AddSecret(context.Route("id"), context.Route("name"), value.AsMemory(0, length).ToArray());
        await context.NoContent();
    }

    private async Task AddContext(HttpContext context)
    {
        if (context.Query("image") is { Length: > 0 } reference)
            sessions.AddImage(context.Route("id"), context.Route("name"), ImageReference.Parse(reference).ToString());
        else
            await sessions.AddDirectoryAsync(context.Route("id"), context.Route("name"), context.Request.Body, context.RequestAborted);
        await context.NoContent();
    }

    private Task Remove(HttpContext context)
    {
        sessions.Remove(context.Route("id"));
        return context.NoContent();
    }
}
