using System.Text;
using System.Text.Json;
using Argosy.Api.Http;
using Argosy.Build;
using Argosy.Contract.Build;
using Argosy.Contract.Progress;
using Argosy.Core;

namespace Argosy.Api.Routes.Build;

/// <summary>A build's output as Docker's JSON lines. A quiet build's text is kept back, and shown only when it fails.</summary>
/// <param name="lines">The answer.</param>
/// <param name="quiet">Nothing but the image's id.</param>
/// <param name="traces">News of the graph in place of the steps' text, for clients that have asked for it.</param>
internal sealed class BuildOutput(JsonLines<ProgressMessage> lines, bool quiet, bool traces) : IBuildOutput
{
    private readonly StringBuilder keptBack = new();

    /// <summary>Whether the head of the answer is gone: from then on an error is a line.</summary>
    public bool HasStarted { get; private set; }

    public bool Traces => traces && !quiet;

    public ValueTask TraceAsync(BuildTrace trace, CancellationToken cancellationToken) => SendAsync(new ProgressMessage
    {
        Id = BuildStatus.MessageId,
        Aux = JsonSerializer.SerializeToElement(BuildStatusMapping.Of(trace), BuildJson.Default.BuildStatus),
    }, cancellationToken);

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        if (text.Length == 0)
            return ValueTask.CompletedTask;
        if (!quiet)
            return SendAsync(new ProgressMessage { Stream = text }, cancellationToken);
        keptBack.Append(text);
        return ValueTask.CompletedTask;
    }

    public ValueTask PullAsync(PullStep step, CancellationToken cancellationToken) => quiet
        ? ValueTask.CompletedTask
        : SendAsync(new ProgressMessage
        {
            Id = step.Id,
            Status = step.Status,
            ProgressDetail = step.Total > 0 ? new ProgressDetail { Current = step.Current, Total = step.Total } : step.Id is null ? null : new ProgressDetail(),
        }, cancellationToken);

    public ValueTask ImageAsync(Digest id, CancellationToken cancellationToken) => SendAsync(new ProgressMessage
    {
        Aux = JsonSerializer.SerializeToElement(new BuildResult { Id = id.ToString() }, BuildJson.Default.BuildResult),
    }, cancellationToken);

    /// <summary>The only text of a quiet build.</summary>
    public ValueTask FinishAsync(Digest id, CancellationToken cancellationToken) =>
        quiet ? SendAsync(new ProgressMessage { Stream = id + "\n" }, cancellationToken) : ValueTask.CompletedTask;

    public async ValueTask FailAsync(Exception exception, CancellationToken cancellationToken)
    {
        if (keptBack.Length > 0)
            await SendAsync(new ProgressMessage { Stream = keptBack.ToString() }, cancellationToken);
        int code = exception is BuildException failed ? failed.ExitCode : 0;
        await SendAsync(new ProgressMessage { ErrorDetail = new ProgressError { Code = code, Message = exception.Message }, Error = exception.Message }, cancellationToken);
    }

    private async ValueTask SendAsync(ProgressMessage message, CancellationToken cancellationToken)
    {
        HasStarted = true;
        await lines.WriteAsync(message, cancellationToken);
    }
}
