using System.Text;
using Argosy.Api.Http;
using Argosy.Api.Http.Hijack;
using Argosy.Api.Routes.Containers;
using Argosy.Contract;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Exec;
using Argosy.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Exec;

/// <summary>Execs: processes beside the first one of a container.</summary>
internal sealed class ExecRoutes(ExecService execs) : IRouteGroup
{
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(2);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/containers/{id}/exec", Create);
        routes.MapPost("/exec/{id}/start", Start);
        routes.MapPost("/exec/{id}/resize", Resize);
        routes.MapGet("/exec/{id}/json", Inspect);
    }

    private async Task Create(HttpContext context)
    {
        ExecCreateRequest asked = await context.ReadJsonAsync(ContainersJson.Default.ExecCreateRequest);
        ExecSession session = execs.Create(context.Route("id"), ExecTranslator.Translate(asked, context.ApiVersion()));
        await context.WriteJsonAsync(new IdResponse { Id = session.Id }, ContainersJson.Default.IdResponse, StatusCodes.Status201Created);
    }

    /// <summary>
    /// As dockerd does it: the connection is upgraded first, and a command that cannot be run is told in the stream;
    /// the exit code (126, 127) is in the exec's inspect.
    /// </summary>
    private async Task Start(HttpContext context)
    {
        ExecSession session = execs.Find(context.Route("id"));
        // Taken before the body is read: the client may half-close right behind it.
        IHijackFeature connection = context.TakeConnection();
        ExecStartRequest? asked = await context.ReadOptionalJsonAsync(ContainersJson.Default.ExecStartRequest);
        TerminalSize? size = ExecTranslator.Size(asked?.ConsoleSize, context.ApiVersion());
        if (asked is { Detach: true })
        {
            await execs.StartAsync(session, attach: false, size, context.RequestAborted);
            return;
        }
        execs.CheckStartable(session);
        // As with dockerd, the start says how the streams come: framed, whatever the exec is, unless it says Tty.
        bool plain = asked?.Tty ?? false;
        await context.HijackAsync(connection, RawStream.ContentType(context, plain), raw => TalkAsync(session, raw, plain, size, context.RequestAborted));
    }

    private async Task TalkAsync(ExecSession session, HijackedStream raw, bool plain, TerminalSize? size, CancellationToken cancellationToken)
    {
        ExecRequest request = session.Request;
        try
        {
            await using Attachment attachment = (await execs.StartAsync(session, attach: true, size, cancellationToken))!;
            if (await new StreamBridge(raw, attachment, request.Tty, plain, ExecTranslator.KeysOf(request.DetachKeys)).RunAsync(request.AttachStdin, request.AttachStdout, request.AttachStderr, cancellationToken))
                execs.Detached(session);
            else
                await EndedAsync(session);
        }
        catch (EngineException exception)
        {
            await raw.WriteAsync(RawStream.Frame(1, Encoding.UTF8.GetBytes(exception.Message + "\r\n"), plain), cancellationToken);
        }
    }

    /// <summary>
    /// The client asks for the exit code when its stream ends, once, and takes none for 0: so the stream ends behind the exit's record.
    /// A process may close its output and live on; the stream does not wait for that.
    /// </summary>
    private static async Task EndedAsync(ExecSession session)
    {
        try
        {
            await session.Ended.WaitAsync(ExitPatience);
        }
        catch (TimeoutException)
        {
        }
    }

    private async Task Resize(HttpContext context) =>
        await execs.ResizeAsync(execs.Find(context.Route("id")), TerminalQuery.Height(context), TerminalQuery.Width(context), context.RequestAborted);

    private async Task Inspect(HttpContext context)
    {
        ExecSession session = execs.Find(context.Route("id"));
        ExecRequest request = session.Request;
        await context.WriteJsonAsync(new ExecInspect
        {
            Id = session.Id,
            Running = session.Running,
            ExitCode = session.ExitCode,
            ProcessConfig = new ExecProcessConfig { Tty = request.Tty, Entrypoint = request.Command[0], Arguments = [.. request.Command.Skip(1)], Privileged = request.Privileged, User = request.User },
            OpenStdin = request.AttachStdin,
            OpenStdout = request.AttachStdout,
            OpenStderr = request.AttachStderr,
            ContainerId = session.Container.Value,
            DetachKeys = request.DetachKeys.Length > 0 ? Convert.ToBase64String(ExecTranslator.KeysOf(request.DetachKeys).Keys) : "",
            Pid = session.Pid,
        }, ContainersJson.Default.ExecInspect);
    }
}
