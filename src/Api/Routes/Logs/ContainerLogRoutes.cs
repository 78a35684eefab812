using Argosy.Api.Http;
using Argosy.Api.Routes.Containers;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Logs;
using Argosy.Runtime.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Logs;

/// <summary>What containers have written.</summary>
internal sealed class ContainerLogRoutes(ContainerTable table, ContainerOutput output, TimeProvider clock) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/containers/{id}/logs", Logs);

    private async Task Logs(HttpContext context)
    {
        ContainerRecord container = table.Find(context.Route("id"));
        LogQuery query = Query(context);
        if (!query.Stdout && !query.Stderr)
            throw EngineException.Invalid("Bad parameters: you must choose at least one stream");
        if (container.Host.LogDriver == "none")
            throw EngineException.NotImplemented("configured logging driver does not support reading");
        context.Response.ContentType = RawStream.ContentType(context, container.Config.Tty);
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        string? details = context.QueryBool("details") ? LogAttributes.Of(container) : null;
        var frames = new LogFrames(container.Config.Tty, context.QueryBool("timestamps"), details);
        await foreach (IReadOnlyList<LogEntry> entries in output.ReadAsync(container, query, context.RequestAborted))
        {
            await context.Response.Body.WriteAsync(frames.Of(entries), context.RequestAborted);
            if (query.Follow)
                await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private LogQuery Query(HttpContext context) => new()
    {
        Stdout = context.QueryBool("stdout"),
        Stderr = context.QueryBool("stderr"),
        Since = context.Query("since") is { Length: > 0 } since && since != "0" ? TimeText.Parse(since, clock) : null,
        Until = context.Query("until") is { Length: > 0 } until && until != "0" ? TimeText.Parse(until, clock) : null,
        Tail = context.Query("tail") is { Length: > 0 } tail && int.TryParse(tail, out int lines) && lines >= 0 ? lines : null,
        Follow = context.QueryBool("follow"),
    };
}
