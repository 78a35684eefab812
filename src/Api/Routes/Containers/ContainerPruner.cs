using Argosy.Api.Http;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;

namespace Argosy.Api.Routes.Containers;

/// <summary>Removes the containers that do not run.</summary>
internal sealed class ContainerPruner(ContainerLifecycle lifecycle, ISnapshotter snapshots, TimeProvider clock)
{
    internal async Task<(IReadOnlyList<string> Deleted, long Reclaimed)> PruneAsync(Filters filters, CancellationToken cancellationToken)
    {
        filters.Require("label", "label!", "until");
        DateTimeOffset? until = filters.Get("until") switch
        {
            [] => null,
            [var text] => TimeText.Parse(text, clock),
            _ => throw EngineException.Invalid("more than one until filter specified"),
        };
        var deleted = new List<string>();
        long reclaimed = 0;
        foreach (ContainerRecord container in lifecycle.Table.All.Where(record => IsPrunable(record, filters, until)).ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            long size = await snapshots.SizeAsync(container.Id.Value);
            try
            {
                await lifecycle.RemoveAsync(container.Id.Value, force: false, removeVolumes: false, cancellationToken);
            }
            catch (EngineException exception) when (exception.Kind is ErrorKind.Conflict or ErrorKind.NotFound)
            {
                continue; // started, or removed by somebody else, meanwhile
            }
            deleted.Add(container.Id.Value);
            reclaimed += size;
        }
        return (deleted, reclaimed);
    }

    private static bool IsPrunable(ContainerRecord container, Filters filters, DateTimeOffset? until) =>
        !container.Hidden
        && container.State.Status is ContainerStatus.Created or ContainerStatus.Exited or ContainerStatus.Dead
        && (until is null || container.Created < until)
        && filters.MatchesLabels(container.Config.Labels)
        && !filters.Get("label!").Any(label => Filters.MatchesLabel(container.Config.Labels, label));
}
