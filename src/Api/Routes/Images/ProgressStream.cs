using System.Text.Json;
using System.Threading.Channels;
using Argosy.Api.Http;
using Argosy.Contract.Images;
using Argosy.Contract.Progress;
using Argosy.Engine.Images;
using Microsoft.AspNetCore.Http;

namespace Argosy.Api.Routes.Images;

/// <summary>
/// Sends an image operation's lines while it runs. A failure before the first line is the answer's status; after it, a last
/// line with the error, as dockerd does.
/// </summary>
internal sealed class ProgressStream(HttpContext context) : IImageProgress, IDisposable
{
    // Bars are throttled where they are made; should a client read so slowly that this fills up, lines are dropped.
    private readonly Channel<ImageProgress> lines = Channel.CreateBounded<ImageProgress>(
        new BoundedChannelOptions(8192) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly JsonLines<ProgressMessage> output = new(context, ProgressJson.Default.ProgressMessage);

    public void Report(ImageProgress line) => lines.Writer.TryWrite(line);

    /// <summary>Runs the operation and sends its lines.</summary>
    internal async Task RunAsync(Func<IImageProgress, CancellationToken, Task> operation)
    {
        Task pump = PumpAsync(context.RequestAborted);
        try
        {
            await operation(this, context.RequestAborted);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !context.RequestAborted.IsCancellationRequested)
        {
            await EndAsync(pump);
            if (!context.Response.HasStarted)
                throw;
            await output.WriteAsync(Error(exception), context.RequestAborted);
            return;
        }
        await EndAsync(pump);
    }

    public void Dispose() => output.Dispose();

    private Task EndAsync(Task pump)
    {
        lines.Writer.TryComplete();
        return pump;
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        await foreach (ImageProgress line in lines.Reader.ReadAllAsync(cancellationToken))
            await output.WriteAsync(Present(line), cancellationToken);
    }

    private static ProgressMessage Error(Exception exception) =>
        new() { ErrorDetail = new ProgressError { Message = exception.Message }, Error = exception.Message };

    private static ProgressMessage Present(ImageProgress line) => new()
    {
        Id = line.Id,
        Status = line.Status,
        Stream = line.Text,
        ProgressDetail = line.Current is { } current ? new ProgressDetail { Current = current, Total = line.Total } : line.Pushed is not null || line.Id is not null ? new ProgressDetail() : null,
        Progress = line.Current is { } done ? ProgressBar.Draw(done, line.Total) : null,
        Aux = line.Pushed is { } pushed
            ? JsonSerializer.SerializeToElement(new PushResult { Tag = pushed.Tag, Digest = pushed.Digest.ToString(), Size = pushed.Size }, ImagesJson.Default.PushResult)
            : null,
    };
}
