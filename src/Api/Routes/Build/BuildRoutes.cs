using System.Text.Json;
using Argosy.Api.Http;
using Argosy.Build;
using Argosy.Build.Cache;
using Argosy.Contract.Build;
using Argosy.Contract.Progress;
using Argosy.Core;
using Argosy.Engine.Builds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Build;

/// <summary>Building images: the classic builder's endpoint, which stock clients use when BuildKit is switched off.</summary>
internal sealed class BuildRoutes(BuildService builds) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/build", Build);
        routes.MapPost("/build/prune", Prune);
        routes.MapPost("/build/cancel", Cancel);
    }

    private async Task Build(HttpContext context)
    {
        BuildCommand command = BuildQuery.Read(context);
        using var lines = new JsonLines<ProgressMessage>(context, ProgressJson.Default.ProgressMessage);
        var output = new BuildOutput(lines, quiet: context.QueryBool("q"));
        CancellationToken cancellationToken = context.RequestAborted;
        try
        {
            Digest id = await builds.BuildAsync(command, context.Request.Body, output, cancellationToken);
            await output.FinishAsync(id, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client has hung up: the step is stopped and gone, and there is nobody to tell.
        }
        catch (Exception exception) when (output.HasStarted || exception is BuildException)
        {
            await output.FailAsync(exception, cancellationToken);
        }
    }

    private async Task Prune(HttpContext context)
    {
        if (context.QueryInt("keep-storage") is > 0 || context.QueryInt("reserved-space") is > 0 || context.QueryInt("max-used-space") is > 0 || context.QueryInt("min-free-space") is > 0)
            throw EngineException.NotImplemented("build prune with a space to keep is not implemented: use the until filter");
        Filters filters = context.Filters();
        filters.Require("until", "unused-for");
        TimeSpan? age = filters.Get("until").Concat(filters.Get("unused-for")).Select(BuildQuery.Age).FirstOrDefault();
        (IReadOnlyList<BuildCacheEntry> deleted, long reclaimed) = await builds.PruneAsync(age);
        await context.WriteJsonAsync(new BuildPruneResponse { CachesDeleted = [.. deleted.Select(entry => entry.Id)], SpaceReclaimed = reclaimed }, BuildJson.Default.BuildPruneResponse);
    }

    /// <summary>Only BuildKit builds have an id to be cancelled by; a classic one ends when its client hangs up.</summary>
    private static Task Cancel(HttpContext context) =>
        throw EngineException.Invalid(context.Query("id") is { Length: > 0 } id ? $"no build with id {id}" : "build ID not provided");
}
