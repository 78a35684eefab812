using System.Collections.Concurrent;
using System.Text;
using Argosy.Core;

namespace Argosy.Build.Tests.Fakes;

internal sealed class FakeOutput : IBuildOutput
{
    private readonly StringBuilder text = new();

    public string Text => text.ToString();

    public List<Digest> Images { get; } = [];

    public bool Traces { get; set; }

    public ConcurrentQueue<BuildTrace> Traced { get; } = [];

    public ValueTask TraceAsync(BuildTrace trace, CancellationToken cancellationToken)
    {
        Traced.Enqueue(trace);
        return ValueTask.CompletedTask;
    }

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        lock (this.text)
            this.text.Append(text);
        return ValueTask.CompletedTask;
    }

    public ValueTask PullAsync(PullStep step, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask ImageAsync(Digest id, CancellationToken cancellationToken)
    {
        Images.Add(id);
        return ValueTask.CompletedTask;
    }
}
