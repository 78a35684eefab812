using System.Globalization;
using Argosy.Build.Graph;
using Argosy.Build.Syntax.Instructions;
using Argosy.Core;

namespace Argosy.Build.Execution;

/// <summary>What one stage says: its steps with their numbers and what they print, or else the same as news of the graph. Not for several tasks at once.</summary>
/// <param name="part">The stage's part of the build's output.</param>
/// <param name="steps">The number of the step before its first, and how many there are in the whole build.</param>
/// <param name="graph">The build's steps.</param>
/// <param name="clock">When they begin and end.</param>
internal sealed class StageOutput(IBuildOutput part, (int Before, int Count) steps, VertexGraph graph, TimeProvider clock) : IBuildOutput
{
    private int step = steps.Before;
    private BuildVertex? current;

    public IBuildOutput Part => part;

    public bool Traces => part.Traces;

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => Traces ? ValueTask.CompletedTask : part.WriteAsync(text, cancellationToken);

    public ValueTask TraceAsync(BuildTrace trace, CancellationToken cancellationToken) => part.TraceAsync(trace, cancellationToken);

    public ValueTask ImageAsync(Digest id, CancellationToken cancellationToken) => part.ImageAsync(id, cancellationToken);

    public ValueTask PullAsync(PullStep step, CancellationToken cancellationToken)
    {
        if (!Traces)
            return part.PullAsync(step, cancellationToken);
        if (current is null || step.Id is null)
            return ValueTask.CompletedTask;
        DateTimeOffset now = clock.GetUtcNow();
        bool isDone = step.Status is "Pull complete" or "Already exists";
        return TraceAsync(new BuildTrace { Statuses = [new VertexStatus(current.Digest, step.Id, now) { Name = step.Status, Current = step.Current, Total = step.Total, Completed = isDone ? now : null }] }, cancellationToken);
    }

    /// <summary>A step is reached; it begins (<see cref="StartAsync(Instruction, CancellationToken)"/>) when what it takes files from is there.</summary>
    public ValueTask BeginStepAsync(string source, CancellationToken cancellationToken) =>
        WriteAsync(string.Create(CultureInfo.InvariantCulture, $"Step {++step}/{steps.Count} : {source}\n"), cancellationToken);

    public ValueTask StartAsync(Instruction instruction, CancellationToken cancellationToken) => StartAsync(graph.Of(instruction), cancellationToken);

    public ValueTask StartAsync(BuildVertex? vertex, CancellationToken cancellationToken)
    {
        current = vertex is null ? null : vertex with { Started = clock.GetUtcNow() };
        return TellAsync(cancellationToken);
    }

    /// <summary>The step's result was there already.</summary>
    public ValueTask CachedAsync(CancellationToken cancellationToken)
    {
        current = current is null ? null : current with { Cached = true };
        return WriteAsync(" ---> Using cache\n", cancellationToken);
    }

    /// <summary>What the step's command prints, as bytes; for a graph only.</summary>
    public ValueTask LogAsync(int stream, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => current is null
        ? ValueTask.CompletedTask
        : TraceAsync(new BuildTrace { Logs = [new VertexLog(current.Digest, stream, data, clock.GetUtcNow())] }, cancellationToken);

    /// <summary>The step is done.</summary>
    public ValueTask EndAsync(CancellationToken cancellationToken) => CompleteAsync(null, cancellationToken);

    /// <summary>The step has failed, or was stopped because another has.</summary>
    public ValueTask FailAsync(Exception failure, CancellationToken cancellationToken) =>
        CompleteAsync(failure is OperationCanceledException ? "context canceled" : failure.Message, cancellationToken);

    /// <summary>The image is stored: what was done for it, and the end of the step.</summary>
    public async ValueTask ExportedAsync(IReadOnlyList<string> done, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (Traces && current is not null)
            await TraceAsync(new BuildTrace { Statuses = [.. done.Select(text => new VertexStatus(current.Digest, text, now) { Completed = now })] }, cancellationToken);
        await EndAsync(cancellationToken);
    }

    private async ValueTask CompleteAsync(string? error, CancellationToken cancellationToken)
    {
        if (current is null)
            return;
        current = current with { Completed = clock.GetUtcNow(), Error = error };
        await TellAsync(cancellationToken);
        current = null;
    }

    private ValueTask TellAsync(CancellationToken cancellationToken) =>
        current is not null && Traces ? TraceAsync(new BuildTrace { Vertexes = [current] }, cancellationToken) : ValueTask.CompletedTask;
}
