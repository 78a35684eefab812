using Argosy.Api.Http;
using Argosy.Contract.Images;
using Argosy.Core;
using Argosy.Engine.Images;
using Argosy.Images.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Images;

/// <summary>Images: what there is, names, removal.</summary>
internal sealed class ImageRoutes(ImageQueries queries, ImageTagging tagging, ImageRemoval removal, ImagePresenter presenter, ImageFilters filters) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/images/json", List);
        routes.MapPost("/images/prune", Prune);
        routes.MapDelete("/images/{**name}", Remove);
        routes.MapImageGet("json", Inspect);
        routes.MapImageGet("history", History);
        routes.MapImagePost("tag", Tag);
    }

    private Task List(HttpContext context)
    {
        ApiVersion version = context.ApiVersion();
        bool manifests = context.QueryBool("manifests") && version >= ImagePresenter.FirstWithManifests;
        IReadOnlyList<ImageSummary> list = [.. queries.List(filters.ForList(context)).Select(image => presenter.Summary(image, version, manifests))];
        return context.WriteJsonAsync(list, ImagesJson.Default.IReadOnlyListImageSummary);
    }

    private Task Inspect(HttpContext context, string name)
    {
        ImageRecord image = queries.Find(name);
        ApiVersion version = VersionFor(context);
        bool manifests = context.QueryBool("manifests") && version >= ImagePresenter.FirstWithInspectedManifests;
        if (manifests && context.Query("platform") is { Length: > 0 })
            throw EngineException.Invalid("conflicting options: manifests and platform options cannot both be set");
        RequirePlatform(context, image, name);
        return context.WriteJsonAsync(presenter.Inspect(image, version, manifests), ImagesJson.Default.ImageInspect);
    }

    private Task History(HttpContext context, string name)
    {
        ImageRecord image = queries.Find(name);
        RequirePlatform(context, image, name);
        return context.WriteJsonAsync(ImagePresenter.History(queries.History(image)), ImagesJson.Default.IReadOnlyListImageHistoryItem);
    }

    private async Task Tag(HttpContext context, string name)
    {
        string repository = context.Query("repo") ?? "";
        string? tag = context.Query("tag");
        ImageRecord image = queries.Find(name);
        await tagging.TagAsync(ImageNames.Parse(repository, tag), image);
        context.Response.StatusCode = StatusCodes.Status201Created;
    }

    private async Task Remove(HttpContext context)
    {
        string name = context.Route("name");
        if (string.IsNullOrWhiteSpace(name))
            throw EngineException.Invalid("image name cannot be blank");
        // An image here has one platform: none of several is it, as in dockerd's classic store.
        if (context.Request.Query["platforms"].Count > 1)
            throw EngineException.Invalid("multiple platforms are not supported");
        Platform? platform = context.Query("platforms") is { Length: > 0 } text ? ImageNames.ParsePlatform(text) : null;
        IReadOnlyList<RemovedImage> removed = await removal.RemoveAsync(name, context.QueryBool("force"), context.QueryBool("noprune"), platform);
        await context.WriteJsonAsync(ImagePresenter.Removed(removed), ImagesJson.Default.IReadOnlyListImageDeleteItem);
    }

    private async Task Prune(HttpContext context)
    {
        (IReadOnlyList<RemovedImage> removed, long bytes) = await removal.PruneAsync(filters.ForPrune(context));
        var answer = new ImagePruneResponse { ImagesDeleted = removed.Count == 0 ? null : ImagePresenter.Removed(removed), SpaceReclaimed = (ulong)bytes };
        await context.WriteJsonAsync(answer, ImagesJson.Default.ImagePruneResponse);
    }

    private static void RequirePlatform(HttpContext context, ImageRecord image, string name) =>
        ImageQueries.RequirePlatform(name, image, context.Query("platform") is { Length: > 0 } text ? ImageNames.ParsePlatform(text) : null);

    /// <summary>
    /// docker-compose 1 asks in the newest version there is, but reads ContainerConfig, which that one no longer has, and dies of its
    /// absence whenever it recreates a container: it is answered in the last version that it understands.
    /// </summary>
    private static ApiVersion VersionFor(HttpContext context) =>
        context.Request.Headers.UserAgent.ToString().StartsWith("docker-compose/1.", StringComparison.Ordinal) && context.ApiVersion() > ImagePresenter.LastWithContainer
            ? ImagePresenter.LastWithContainer : context.ApiVersion();
}
