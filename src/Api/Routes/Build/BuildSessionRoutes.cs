using System.Globalization;
using Argosy.Api.Http;
using Argosy.Api.Http.Hijack;
using Argosy.Api.Routes.Archives;
using Argosy.Contract.Build;
using Argosy.Core;
using Argosy.Engine.Builds;
using Argosy.Engine.Builds.Caching;
using Argosy.Linux.Archives;
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
        routes.MapPut("/argosy/builds/{id}/cache-from/{name}", AddCache);
        routes.MapGet("/argosy/builds/{id}/cache-to/{number}", GetCache);
        routes.MapPost("/argosy/builds/{id}/agents/{name}", OfferAgent);
        routes.MapDelete("/argosy/builds/{id}", Remove);
    }

    private async Task Begin(HttpContext context)
    {
        BuildSessionRequest? request = await context.ReadOptionalJsonAsync(BuildJson.Default.BuildSessionRequest);
        string id = sessions.Begin(request?.NoCacheStages ?? [], [.. (request?.CacheTo ?? []).Select(Target)]);
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

    private async Task AddCache(HttpContext context)
    {
        await sessions.AddCacheAsync(context.Route("id"), context.Route("name"), context.Request.Body, context.RequestAborted);
        await context.NoContent();
    }

    private async Task GetCache(HttpContext context)
    {
        int number = int.TryParse(context.Route("number"), NumberStyles.None, CultureInfo.InvariantCulture, out int parsed) ? parsed : -1;
        string directory = sessions.FindExport(context.Route("id"), number);
        Stream body = ArchiveBody.Begin(context);
        await Task.Run(() => Pack(directory, body, context.RequestAborted), context.RequestAborted);
    }

    private static void Pack(string directory, Stream target, CancellationToken cancellationToken)
    {
        using var writer = new TarWriter(target);
        TreePacker.Pack(writer, directory, "", new PackOptions { Owner = (0, 0) }, cancellationToken);
        writer.Finish();
    }

    private CacheTarget Target(BuildCacheTarget asked)
    {
        foreach (string name in asked.Attrs.Keys.Where(name => name is not ("mode" or "ignore-error") && (name != "ref" || asked.Type != "registry")))
            throw EngineException.NotImplemented($"cache export of type {asked.Type}: attribute {name} is not implemented");
        bool hasAll = asked.Attrs.GetValueOrDefault("mode", "min") switch
        {
            "min" => false,
            "max" => true,
            var other => throw EngineException.Invalid($"invalid cache export mode: {other}"),
        };
        CacheTarget target = asked.Type switch
        {
            "registry" when asked.Attrs.GetValueOrDefault("ref") is { Length: > 0 } name => new CacheTarget.InRegistry(ImageReference.Parse(name)),
            "registry" => throw EngineException.Invalid("cache export of type registry: ref is missing"),
            "local" => new CacheTarget.InDirectory(sessions.NewDirectory()),
            _ => throw EngineException.NotImplemented($"cache export of type {asked.Type} is not implemented"),
        };
        return target with { HasAllLayers = hasAll, IgnoresErrors = asked.Attrs.GetValueOrDefault("ignore-error") == "true" };
    }

    /// <summary>The connection becomes one to the client's SSH agent, as soon as a step asks for one.</summary>
    private Task OfferAgent(HttpContext context)
    {
        IHijackFeature connection = context.TakeConnection();
        ForwardedAgent agent = sessions.Agent(context.Route("id"), context.Route("name"));
        return context.HijackAsync(connection, "application/octet-stream", raw => agent.OfferAsync(new RawConnection(raw)));
    }

    private Task Remove(HttpContext context)
    {
        sessions.Remove(context.Route("id"));
        return context.NoContent();
    }
}
