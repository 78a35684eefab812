using System.Text;
using Argosy.Core;

namespace Argosy.Build.Execution;

/// <summary>
/// The output of stages that run beside each other, in the order of the file: the first that is not done writes through, what the others say is kept
/// until their turn. So a build reads as if its stages had run one after the other, whatever client prints it.
/// </summary>
internal sealed class OrderedOutput(IBuildOutput output) : IDisposable
{
    // What a waiting stage may say; BuildKit clips at the same figure.
    private const int LargestWaiting = 2 << 20;

    private readonly IBuildOutput output = output;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly List<Part> parts = [];
    private int head;

    /// <summary>Opens the next part.</summary>
    public IBuildOutput Add()
    {
        lock (parts)
        {
            var part = new Part(this, parts.Count);
            parts.Add(part);
            return part;
        }
    }

    /// <summary>A part has nothing more to say: the next ones get their turn.</summary>
    public async Task CompleteAsync(IBuildOutput part, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            ((Part)part).IsDone = true;
            while (At(head) is { IsDone: true })
            {
                head++;
                if (At(head) is { } next)
                    await next.FlushAsync(output, cancellationToken);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Shows what all parts have said: a build ends early, and why is in one of them.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            for (; At(head) is { } part; head++)
                await part.FlushAsync(output, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private Part? At(int index)
    {
        lock (parts)
            return index < parts.Count ? parts[index] : null;
    }

    private async ValueTask WriteAsync(Part part, string text, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (part.Index <= head)
                await output.WriteAsync(text, cancellationToken);
            else
                part.Keep(text);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>The progress of a waiting stage's pull is not kept: bars are of no use afterwards.</summary>
    private async ValueTask PullAsync(Part part, PullStep step, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (part.Index <= head)
                await output.PullAsync(step, cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    private sealed class Part(OrderedOutput owner, int index) : IBuildOutput
    {
        private readonly StringBuilder waiting = new();

        public int Index => index;

        public bool IsDone { get; set; }

        public bool Traces => owner.output.Traces;

        /// <summary>News of the graph say which step they are of: their order does not matter.</summary>
        public ValueTask TraceAsync(BuildTrace trace, CancellationToken cancellationToken) => owner.output.TraceAsync(trace, cancellationToken);

        public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => owner.WriteAsync(this, text, cancellationToken);

        public ValueTask PullAsync(PullStep step, CancellationToken cancellationToken) => owner.PullAsync(this, step, cancellationToken);

        public ValueTask ImageAsync(Digest id, CancellationToken cancellationToken) => owner.output.ImageAsync(id, cancellationToken);

        public void Keep(string text)
        {
            if (waiting.Length > LargestWaiting)
                return;
            waiting.Append(text);
            if (waiting.Length > LargestWaiting)
                waiting.Append("\n[output clipped: a stage said more than 2 MiB while it waited for its turn]\n");
        }

        public async ValueTask FlushAsync(IBuildOutput output, CancellationToken cancellationToken)
        {
            if (waiting.Length > 0)
                await output.WriteAsync(waiting.ToString(), cancellationToken);
            waiting.Clear();
        }
    }
}
