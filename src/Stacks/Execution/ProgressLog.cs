using System.Threading.Channels;
using Argosy.Contract.Stacks;

namespace Argosy.Stacks;

/// <summary>
/// What an operation reports, for the one client that asked for it. Bounded: a client that does not read loses the oldest lines,
/// and never slows the work down.
/// </summary>
public sealed class ProgressLog
{
    private readonly Channel<StackProgress> lines = Channel.CreateBounded<StackProgress>(
        new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>The lines, until the operation has ended.</summary>
    public ChannelReader<StackProgress> Lines => lines.Reader;

    internal void Container(string service, string name, string status, string? detail = null) =>
        Write(new StackProgress { Resource = "container", Service = service, Name = name, Status = status, Detail = detail });

    internal void Resource(string resource, string name, string status, string? detail = null, string? service = null) =>
        Write(new StackProgress { Resource = resource, Name = name, Status = status, Detail = detail, Service = service });

    internal void Warning(string text) => Write(new StackProgress { Status = "Warning", Detail = text });

    internal void End(string? error)
    {
        Write(error is null ? new StackProgress { Done = true } : new StackProgress { Error = error });
        lines.Writer.TryComplete();
    }

    private void Write(StackProgress line) => lines.Writer.TryWrite(line);
}
