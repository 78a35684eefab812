using System.Net.WebSockets;
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
        AttachRequest asked = ReadAttach(context);
        IHijackFeature connection = context.TakeConnection();
        // Attached before the answer's head is sent: a client that has it may start the container at once.
        Task<Attachment>? attaching = asked.Stream ? await lifecycle.AttachAsync(asked.Container.Id, context.RequestAborted) : null;
        await context.HijackAsync(connection, RawStream.ContentType(context, asked.Terminal), raw => TalkAsync(raw, asked, attaching, context.RequestAborted));
    }

    private async Task AttachWebSocket(HttpContext context)
    {
        AttachRequest asked = ReadAttach(context);
        if (!context.WebSockets.IsWebSocketRequest)
            throw EngineException.Invalid("not a WebSocket request");
        Task<Attachment>? attaching = asked.Stream ? await lifecycle.AttachAsync(asked.Container.Id, context.RequestAborted) : null;
        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
        var raw = new RawWebSocket(socket, context.ApiVersion() < new ApiVersion(1, 28) ? WebSocketMessageType.Text : WebSocketMessageType.Binary);
        await TalkAsync(raw, asked, attaching, context.RequestAborted);
        await raw.CloseAsync();
    }

    private AttachRequest ReadAttach(HttpContext context)
    {
        string? keys = context.Query("detachKeys");
        var sequence = DetachSequence.Parse(keys, $"Invalid detach keys ({keys}) provided");
        ContainerRecord container = lifecycle.Table.Find(context.Route("id"));
        if (container.State.Status == ContainerStatus.Paused)
            throw EngineException.Conflict($"container {container.Id} is paused, unpause the container before attach");
        if (container.State.Status == ContainerStatus.Restarting)
            throw EngineException.Conflict($"container {container.Id} is restarting, wait until the container is running");
        return new AttachRequest(container, sequence)
        {
            Stream = context.QueryBool("stream"),
            Replay = context.QueryBool("logs"),
            Stdin = context.QueryBool("stdin") && container.Config.OpenStdin,
            Stdout = context.QueryBool("stdout"),
            Stderr = context.QueryBool("stderr"),
        };
    }

    private async Task TalkAsync(IRawStream raw, AttachRequest asked, Task<Attachment>? attaching, CancellationToken cancellationToken)
    {
        if (asked.Replay)
            await ReplayAsync(asked, raw, cancellationToken);
        if (attaching is null)
            return;
        try
        {
            await using Attachment attachment = await attaching;
            if (await new StreamBridge(raw, attachment, asked.Terminal, asked.Terminal || !raw.IsFramed, asked.Keys).RunAsync(asked.Stdin, asked.Stdout, asked.Stderr, cancellationToken))
                lifecycle.Detached(asked.Container.Id);
        }
        catch (OperationCanceledException)
        {
            // The container was removed, or failed to start: the stream ends empty, the start's own answer says why.
        }
    }

    private async Task ReplayAsync(AttachRequest asked, IRawStream raw, CancellationToken cancellationToken)
    {
        var query = new LogQuery { Stdout = asked.Stdout, Stderr = asked.Stderr };
        var frames = new LogFrames(asked.Terminal || !raw.IsFramed, timestamps: false);
        await foreach (IReadOnlyList<LogEntry> entries in output.ReadAsync(asked.Container, query, cancellationToken))
            await raw.WriteAsync(frames.Of(entries), cancellationToken);
    }

    private async Task Resize(HttpContext context)
    {
        (ushort height, ushort width) = (TerminalQuery.Height(context), TerminalQuery.Width(context));
        ContainerRecord container = lifecycle.Table.Find(context.Route("id"));
        if (!container.State.IsAlive)
            throw EngineException.Conflict($"container {container.Id} is not running");
        await runtime.ResizeAsync(container.Id, null, height, width, context.RequestAborted);
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
