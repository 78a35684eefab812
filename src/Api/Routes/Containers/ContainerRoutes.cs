using Argosy.Api.Http;
using Argosy.Api.Routes.Containers.Rules;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Networks;
using Argosy.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Containers;

/// <summary>Containers: making, listing, inspecting and the verbs of their life.</summary>
internal sealed class ContainerRoutes(ContainerLifecycle lifecycle, ContainerPresenter presenter, ContainerQuery query, ContainerPruner pruner, SandboxDirectory sandboxes, TimeProvider time) : IRouteGroup
{
    private readonly AnswerCache lists = new(time);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/containers/create", Create);
        routes.MapGet("/containers/json", List);
        routes.MapPost("/containers/prune", Prune);
        routes.MapGet("/containers/{id}/json", Inspect);
        routes.MapPost("/containers/{id}/start", Start);
        routes.MapPost("/containers/{id}/stop", Stop);
        routes.MapPost("/containers/{id}/restart", Restart);
        routes.MapPost("/containers/{id}/kill", Kill);
        routes.MapPost("/containers/{id}/pause", Pause);
        routes.MapPost("/containers/{id}/unpause", Unpause);
        routes.MapPost("/containers/{id}/rename", Rename);
        routes.MapPost("/containers/{id}/update", Update);
        routes.MapDelete("/containers/{id}", Remove);
    }

    private async Task Create(HttpContext context)
    {
        ContainerCreateRequest request = await context.ReadJsonAsync(ContainersJson.Default.ContainerCreateRequest);
        // dockerd looks at the platform since 1.41.
        if (context.ApiVersion() >= new ApiVersion(1, 41) && context.Query("platform") is { Length: > 0 } platform && !Platform.Parse(platform).Accepts(Platform.Host))
            throw EngineException.NotFound($"image with reference {request.Image} was found but its platform does not match the specified platform: wanted {platform}, actual: {Platform.Host}");
        (ContainerSpecification specification, IReadOnlyList<string> warnings) = CreateTranslator.Translate(request, context.Query("name"), context.ApiVersion(), HostFeatures.Current);
        ContainerRecord container = await lifecycle.CreateAsync(specification, context.RequestAborted);
        await context.WriteJsonAsync(new ContainerCreateResponse { Id = container.Id.Value, Warnings = warnings }, ContainersJson.Default.ContainerCreateResponse, StatusCodes.Status201Created);
    }

    private async Task List(HttpContext context)
    {
        // Sizes are the file system's, which tells nobody when they change.
        byte[] body = context.QueryBool("size")
            ? await ListAsync(context)
            : await lists.GetAsync(context.ApiVersion() + context.Request.QueryString.Value, lifecycle.Table.Version + sandboxes.Version, () => ListAsync(context));
        await context.WriteJsonAsync(body);
    }

    private async Task<byte[]> ListAsync(HttpContext context)
    {
        int limit = context.QueryInt("limit") ?? 0;
        IEnumerable<ContainerRecord> found = query.Run(context.Filters(), all: context.QueryBool("all") || limit > 0);
        if (limit > 0)
            found = found.Take(limit);
        IReadOnlyList<ContainerSummary> summaries = await presenter.SummariesAsync(found, context.QueryBool("size"), context.RequestAborted);
        return WireJson.Serialize(summaries, ContainersJson.Default.IReadOnlyListContainerSummary);
    }

    private async Task Inspect(HttpContext context)
    {
        ContainerRecord container = lifecycle.Table.Find(context.Route("id"));
        ContainerInspect body = await presenter.InspectAsync(container, context.QueryBool("size"), context.ApiVersion(), context.RequestAborted);
        await context.WriteJsonAsync(body, ContainersJson.Default.ContainerInspect);
    }

    private async Task Start(HttpContext context)
    {
        // A start attaches nobody: there is nothing yet for the keys to detach, but to be keys they have.
        DetachSequence.Parse(context.Query("detachKeys"), $"Invalid detach keys ({context.Query("detachKeys")}) provided");
        await lifecycle.StartAsync(context.Route("id"), context.RequestAborted);
        await context.NoContent();
    }

    private async Task Stop(HttpContext context)
    {
        await lifecycle.StopAsync(context.Route("id"), Signal(context), context.QueryInt("t"), context.RequestAborted);
        await context.NoContent();
    }

    private async Task Restart(HttpContext context)
    {
        await lifecycle.RestartAsync(context.Route("id"), Signal(context), context.QueryInt("t"), context.RequestAborted);
        await context.NoContent();
    }

    private async Task Kill(HttpContext context)
    {
        await lifecycle.KillAsync(context.Route("id"), Signal(context), context.RequestAborted);
        await context.NoContent();
    }

    private async Task Pause(HttpContext context)
    {
        await lifecycle.PauseAsync(context.Route("id"), context.RequestAborted);
        await context.NoContent();
    }

    private async Task Unpause(HttpContext context)
    {
        await lifecycle.UnpauseAsync(context.Route("id"), context.RequestAborted);
        await context.NoContent();
    }

    private async Task Rename(HttpContext context)
    {
        await lifecycle.RenameAsync(context.Route("id"), context.Query("name") ?? "", context.RequestAborted);
        await context.NoContent();
    }

    private async Task Update(HttpContext context)
    {
        var warnings = new List<string>();
        ContainerUpdateRequest request = await context.ReadJsonAsync(ContainersJson.Default.ContainerUpdateRequest);
        request = UpdateRules.Apply(request, context.ApiVersion(), new ResourceRules(HostFeatures.Current, warnings));
        Engine.Containers.Model.RestartPolicy? policy = request.RestartPolicy is { Name.Length: > 0 } asked ? HostTranslator.Restart(asked) : null;
        await lifecycle.UpdateAsync(context.Route("id"), ResourceTranslator.Translate(request), policy, json => HostConfigUpdate.Apply(json, request), context.RequestAborted);
        await context.WriteJsonAsync(new ContainerUpdateResponse { Warnings = warnings }, ContainersJson.Default.ContainerUpdateResponse);
    }

    private async Task Remove(HttpContext context)
    {
        if (context.QueryBool("link"))
            await lifecycle.RemoveLinkAsync(context.Route("id"), context.RequestAborted);
        else
            await lifecycle.RemoveAsync(context.Route("id"), context.QueryBool("force"), context.QueryBool("v"), context.RequestAborted);
        await context.NoContent();
    }

    private async Task Prune(HttpContext context)
    {
        (IReadOnlyList<string> deleted, long reclaimed) = await pruner.PruneAsync(context.Filters(), context.RequestAborted);
        await context.WriteJsonAsync(new ContainerPruneResponse { ContainersDeleted = deleted, SpaceReclaimed = (ulong)reclaimed }, ContainersJson.Default.ContainerPruneResponse);
    }

    private static string? Signal(HttpContext context) => context.Query("signal") is { Length: > 0 } signal ? signal : null;
}
