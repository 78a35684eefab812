using Argosy.Api.Http;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime;
using Argosy.Runtime.Stats;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Reading = (Argosy.Runtime.Stats.ContainerStats Stats, System.DateTimeOffset At);

namespace Argosy.Api.Routes.Containers;

/// <summary>Containers: what they use, and their processes.</summary>
internal sealed class ContainerFigureRoutes(ContainerTable table, OciRuntime runtime, TimeProvider clock) : IRouteGroup
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/containers/{id}/stats", Stats);
        routes.MapGet("/containers/{id}/top", Top);
    }

    /// <summary>One reading a second; without a stream, two readings a second apart so that rates can be told (one with one-shot).</summary>
    private async Task Stats(HttpContext context)
    {
        ContainerRecord container = table.Find(context.Route("id"));
        bool stream = context.QueryBool("stream", absent: true);
        bool oneShot = context.QueryBool("one-shot");
        if (stream && oneShot)
            throw EngineException.Invalid("cannot have stream=true and one-shot=true");
        using var lines = new JsonLines<Contract.Containers.ContainerStats>(context, ContainersJson.Default.ContainerStats);
        Reading? before = null;
        if (!stream && !oneShot && Read(container) is { } first)
        {
            before = first;
            await Task.Delay(Period, clock, context.RequestAborted);
        }
        while (true)
        {
            container = table.Get(container.Id);
            Reading? now = Read(container);
            await lines.WriteAsync(StatsPresenter.Show(container, now, before), context.RequestAborted);
            if (!stream)
                return;
            before = now;
            await Task.Delay(Period, clock, context.RequestAborted);
            if (!table.TryGet(container.Id, out _))
                return;
        }
    }

    private async Task Top(HttpContext context)
    {
        ContainerRecord container = table.Find(context.Route("id"));
        if (!container.State.IsAlive)
            throw EngineException.Conflict($"container {container.Id} is not running");
        ProcessTable processes = await runtime.TopAsync(container.Id, context.Query("ps_args") is { Length: > 0 } arguments ? arguments : "-ef", context.RequestAborted);
        await context.WriteJsonAsync(new ContainerTopResponse { Titles = processes.Titles, Processes = processes.Processes }, ContainersJson.Default.ContainerTopResponse);
    }

    private Reading? Read(ContainerRecord container) =>
        container.State.IsAlive && runtime.ReadStats(container.Id) is { } stats ? (stats, clock.GetUtcNow()) : null;
}
