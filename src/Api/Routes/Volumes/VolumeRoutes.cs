using System.Text.RegularExpressions;
using Argosy.Api.Http;
using Argosy.Contract.Volumes;
using Argosy.Core;
using Argosy.Engine.Volumes;
using Argosy.Volumes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Volumes;

/// <summary>/volumes.</summary>
internal sealed class VolumeRoutes(VolumeService volumes) : IRouteGroup
{
    // From this version on, pruning takes anonymous volumes only, unless all=true.
    private static readonly ApiVersion PruneAnonymousOnly = new(1, 42);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/volumes", List);
        routes.MapPost("/volumes/create", Create);
        routes.MapPost("/volumes/prune", Prune);
        routes.MapGet("/volumes/{name}", Inspect);
        routes.MapPut("/volumes/{name}", Update);
        routes.MapDelete("/volumes/{name}", Remove);
    }

    private Task List(HttpContext context)
    {
        Filters filters = context.Filters();
        filters.Require("dangling", "driver", "label", "name");
        bool? dangling = filters.GetBool("dangling");
        var answer = new VolumeListResponse
        {
            Volumes =
            [
                .. volumes.Store.List()
                    .Where(volume => dangling is null || dangling == !volumes.Store.IsInUse(volume.Name))
                    .Where(volume => !filters.Has("driver") || filters.Get("driver").Contains(volume.Driver))
                    .Where(volume => !filters.Has("name") || filters.Get("name").Any(pattern => NameMatches(volume.Name, pattern)))
                    .Where(volume => filters.MatchesLabels(volume.Labels))
                    .Select(volume => VolumePresenter.Show(volumes.Store, volume)),
            ],
        };
        return context.WriteJsonAsync(answer, VolumesJson.Default.VolumeListResponse);
    }

    /// <summary><c>size</c> is ours: what system/df shows of all volumes, of one.</summary>
    private Task Inspect(HttpContext context)
    {
        VolumeRecord volume = volumes.Store.Find(context.Route("name"));
        Volume shown = context.QueryBool("size") ? VolumePresenter.ShowUsage(volumes.Store, volume) : VolumePresenter.Show(volumes.Store, volume);
        return context.WriteJsonAsync(shown, VolumesJson.Default.Volume);
    }

    private async Task Create(HttpContext context)
    {
        VolumeCreateRequest body = await context.ReadJsonAsync(VolumesJson.Default.VolumeCreateRequest);
        if (body.ClusterVolumeSpec is not null)
            throw new EngineException(ErrorKind.Unavailable, "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again.");
        var request = new VolumeRequest
        {
            Name = body.Name,
            Driver = body.Driver,
            Options = body.DriverOpts ?? new Dictionary<string, string>(),
            Labels = body.Labels ?? new Dictionary<string, string>(),
        };
        VolumeRecord volume = await volumes.CreateAsync(request, context.RequestAborted);
        await context.WriteJsonAsync(VolumePresenter.Show(volumes.Store, volume), VolumesJson.Default.Volume, StatusCodes.Status201Created);
    }

    private async Task Remove(HttpContext context)
    {
        await volumes.RemoveAsync(context.Route("name"), context.QueryBool("force"), context.RequestAborted);
        await context.NoContent();
    }

    private async Task Prune(HttpContext context)
    {
        Filters filters = context.Filters();
        filters.Require("label", "label!", "all");
        bool all = filters.GetBool("all") ?? context.ApiVersion() < PruneAnonymousOnly;
        (IReadOnlyList<string> removed, long reclaimed) = await volumes.PruneAsync(
            volume => (all || volume.IsAnonymous)
                && filters.MatchesLabels(volume.Labels)
                && !filters.Get("label!").Any(filter => Filters.MatchesLabel(volume.Labels, filter)),
            context.RequestAborted);
        var answer = new VolumePruneResponse { VolumesDeleted = removed.Count == 0 ? null : removed, SpaceReclaimed = reclaimed };
        await context.WriteJsonAsync(answer, VolumesJson.Default.VolumePruneResponse);
    }

    private static Task Update(HttpContext context) =>
        throw new EngineException(ErrorKind.Unavailable, "This node is not a swarm manager. Use \"docker swarm init\" or \"docker swarm join\" to connect this node to swarm and try again.");

    /// <summary>Docker's filter is a regular expression, found anywhere.</summary>
    private static bool NameMatches(string name, string pattern)
    {
        try
        {
            return name == pattern || Regex.IsMatch(name, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
