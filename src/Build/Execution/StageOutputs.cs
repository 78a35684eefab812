using Argosy.Build.Graph;

namespace Argosy.Build.Execution;

/// <summary>The outputs of a build's stages, with the numbers of their steps, which follow the file whatever runs first.</summary>
internal sealed class StageOutputs(OrderedOutput ordered, int stepsBefore, VertexGraph graph, TimeProvider clock)
{
    private readonly Dictionary<int, (IBuildOutput Output, int Before)> planned = [];

    /// <summary>How many steps there are in all.</summary>
    public int StepCount { get; private set; } = stepsBefore;

    /// <summary>Plans a stage; call in the order of the file, before any runs.</summary>
    public void Add(int stage, int steps)
    {
        planned[stage] = (ordered.Add(), StepCount);
        StepCount += steps;
    }

    /// <summary>A stage's output. One that was not planned (a trigger asked for it) comes after all others.</summary>
    public StageOutput Of(int stage, int steps)
    {
        lock (planned)
        {
            if (!planned.ContainsKey(stage))
                Add(stage, steps);
            (IBuildOutput output, int before) = planned[stage];
            return new StageOutput(output, (before, StepCount), graph, clock);
        }
    }

    public Task CompleteAsync(StageOutput stage, CancellationToken cancellationToken) => ordered.CompleteAsync(stage.Part, cancellationToken);
}
