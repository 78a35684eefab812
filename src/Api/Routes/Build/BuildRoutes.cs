using System.Text.Json;
using Argosy.Api.Http;
using Argosy.Build;
using Argosy.Build.Cache;
using Argosy.Build.Checks;
using Argosy.Contract.Build;
using Argosy.Contract.Progress;
using Argosy.Core;
using Argosy.Engine.Builds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Build;

/// <summary>Building images: the classic builder's endpoint, which stock clients use when BuildKit is switched off.</summary>
internal sealed class BuildRoutes(BuildService builds, BuildSessions sessions, TimeProvider clock) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/build", Build);
        routes.MapPost("/argosy/builds/check", Check);
        routes.MapPost("/build/prune", Prune);
        routes.MapPost("/build/cancel", Cancel);
    }

    private async Task Build(HttpContext context)
    {
        BuildCommand command = BuildQuery.Read(context);
        string? id = context.Request.Headers["X-Argosy-Build"].FirstOrDefault() is { Length: > 0 } given ? given : null;
        BuildSession? session = id is null ? null : sessions.Take(id);
        try
        {
            command = With(command, session);
            if (await BuildAsync(context, command) && session is not null && sessions.TryKeep(id!, session))
                session = null;
        }
        finally
        {
            session?.Dispose();
        }
    }

    /// <summary>Argosy's own: the parameters and the body of a build, of which only the Dockerfile is looked at.</summary>
    private async Task Check(HttpContext context)
    {
        BuildCommand command = BuildQuery.Read(context);
        using BuildSession? session = context.Request.Headers["X-Argosy-Build"].FirstOrDefault() is { Length: > 0 } id ? sessions.Take(id) : null;
        CheckReport report = await builds.CheckAsync(With(command, session), context.Request.Body, context.RequestAborted);
        await context.WriteJsonAsync(BuildStatusMapping.Of(report), BuildJson.Default.BuildCheckResult);
    }

    private static BuildCommand With(BuildCommand command, BuildSession? session) => session is null ? command : command with
    {
        Secrets = session.Secrets,
        Agents = session.Agents.ToDictionary(pair => pair.Key, pair => (ISshAgent)pair.Value),
        Contexts = session.Contexts,
        NoCacheStages = session.NoCacheStages,
        CacheDirectories = session.CacheDirectories,
        CacheTo = session.CacheTo,
    };

    /// <returns>True when it has succeeded.</returns>
    private async Task<bool> BuildAsync(HttpContext context, BuildCommand command)
    {
        using var lines = new JsonLines<ProgressMessage>(context, ProgressJson.Default.ProgressMessage);
        var output = new BuildOutput(lines, quiet: context.QueryBool("q"), traces: context.Request.Headers[BuildStatus.Header].FirstOrDefault() == "1");
        CancellationToken cancellationToken = context.RequestAborted;
        try
        {
            Digest image = await builds.BuildAsync(command, context.Request.Body, output, cancellationToken);
            await output.FinishAsync(image, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The client has hung up: the step is stopped and gone, and there is nobody to tell.
        }
        catch (Exception exception) when (output.HasStarted || exception is BuildException)
        {
            await output.FailAsync(exception, cancellationToken);
        }
        return false;
    }

    private async Task Prune(HttpContext context)
    {
        (IReadOnlyList<BuildCacheEntry> deleted, long reclaimed) = await builds.PruneAsync(PruneQuery.Read(context, clock));
        await context.WriteJsonAsync(new BuildPruneResponse { CachesDeleted = [.. deleted.Select(entry => entry.Id)], SpaceReclaimed = reclaimed }, BuildJson.Default.BuildPruneResponse);
    }

    /// <summary>Only BuildKit builds have an id to be cancelled by; a classic one ends when its client hangs up.</summary>
    private static Task Cancel(HttpContext context) =>
        throw EngineException.Invalid(context.Query("id") is { Length: > 0 } id ? $"no build with id {id}" : "build ID not provided");
}
