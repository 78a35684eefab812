using Argosy.Api.Http;
using Argosy.Api.Http.Hijack;
using Argosy.Api.Routes.Logs;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime;
using Argosy.Runtime.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Containers;

/// <summary>Containers: what streams or waits.</summary>
internal sealed class ContainerStreamRoutes(ContainerLifecycle lifecycle, ContainerOutput output, OciRuntime runtime) : IRouteGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/containers/{id}/attach", Attach);
        routes.MapGet("/containers/{id}/attach/ws", AttachWebSocket);
        routes.MapPost("/containers/{id}/resize", Resize);
        routes.MapPost("/containers/{id}/wait", Wait);
    }

    private async Task Attach(HttpContext context)
    {
        ContainerRecord container = lifecycle.Table.Find(context.Route("id"));
        if (container.State.Status == ContainerStatus.Paused)
            throw EngineException.Conflict($"container {container.Id} is paused, unpause the container before attach");
        bool stream = context.QueryBool("stream");
        bool replay = context.QueryBool("logs");
        bool stdin = context.QueryBool("stdin") && container.Config.OpenStdin;
        (bool stdout, bool stderr) = (context.QueryBool("stdout"), context.QueryBool("stderr"));
        IHijackFeature connection = context.TakeConnection();
        // Attached before the answer's head is sent: a client that has it may start the container at once.
        Task<Attachment>? attaching = stream ? await lifecycle.AttachAsync(container.Id, context.RequestAborted) : null;
        await context.HijackAsync(connection, RawStream.ContentType(context, container.Config.Tty), async raw =>
        {
            if (replay)
                await ReplayAsync(container, raw, stdout, stderr, context.RequestAborted);
            if (attaching is not null)
                await BridgeAsync(raw, attaching, container.Config.Tty, (stdin, stdout, stderr), context.RequestAborted);
        });
    }

    private static async Task BridgeAsync(HijackedStream raw, Task<Attachment> attaching, bool terminal, (bool In, bool Out, bool Err) wanted, CancellationToken cancellationToken)
    {
        try
        {
            await using Attachment attachment = await attaching;
            await new StreamBridge(raw, attachment, terminal).RunAsync(wanted.In, wanted.Out, wanted.Err, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The container was removed, or failed to start: the stream ends empty, the start's own answer says why.
        }
    }

    private async Task ReplayAsync(ContainerRecord container, HijackedStream raw, bool stdout, bool stderr, CancellationToken cancellationToken)
    {
        var query = new LogQuery { Stdout = stdout, Stderr = stderr };
        var frames = new LogFrames(container.Config.Tty, timestamps: false);
        await foreach (IReadOnlyList<LogEntry> entries in output.ReadAsync(container, query, cancellationToken))
            await raw.WriteAsync(frames.Of(entries), cancellationToken);
    }

    private static Task AttachWebSocket(HttpContext context) =>
        throw EngineException.NotImplemented("attaching over WebSocket is not supported; use POST /containers/{id}/attach");

    private async Task Resize(HttpContext context)
    {
        ContainerRecord container = lifecycle.Table.Find(context.Route("id"));
        if (!container.State.IsAlive)
            throw EngineException.Conflict($"cannot resize a stopped container: container {container.Id} is not running");
        await runtime.ResizeAsync(container.Id, null, TerminalQuery.Height(context), TerminalQuery.Width(context), context.RequestAborted);
    }

    /// <summary>The head is sent at once, so that a client knows it is registered before it starts the container.</summary>
    private async Task Wait(HttpContext context)
    {
        WaitCondition condition = context.Query("condition") switch
        {
            null or "" or "not-running" => WaitCondition.NotRunning,
            "next-exit" => WaitCondition.NextExit,
            "removed" => WaitCondition.Removed,
            var other => throw EngineException.Invalid($"invalid condition: \"{other}\""),
        };
        Task<int> waiting = await lifecycle.WaitAsync(context.Route("id"), condition, context.RequestAborted);
        using var lines = new JsonLines<ContainerWaitResponse>(context, ContainersJson.Default.ContainerWaitResponse);
        await lines.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        int code = await waiting.WaitAsync(context.RequestAborted);
        await lines.WriteAsync(new ContainerWaitResponse { StatusCode = code }, context.RequestAborted);
    }
}
