using System.Globalization;

namespace Argosy.Build.Execution;

/// <summary>What one stage says: its steps with their numbers, and what they print.</summary>
/// <param name="output">The stage's part of the build's output.</param>
/// <param name="steps">The number of the step before its first, and how many there are in the whole build.</param>
internal sealed class StageOutput(IBuildOutput output, (int Before, int Count) steps)
{
    private int step = steps.Before;

    public IBuildOutput Raw => output;

    public ValueTask WriteAsync(string text, CancellationToken cancellationToken) => output.WriteAsync(text, cancellationToken);

    public ValueTask BeginStepAsync(string source, CancellationToken cancellationToken) =>
        output.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"Step {++step}/{steps.Count} : {source}\n"), cancellationToken);
}
