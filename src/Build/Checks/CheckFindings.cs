using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Checks;

/// <summary>Collects what the checks find.</summary>
internal sealed class CheckFindings(CheckOptions options)
{
    private readonly List<CheckWarning> warnings = [];

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<CheckWarning> InOrder => [.. warnings.OrderBy(warning => warning.Line)];

    public void Add(CheckRule rule, Instruction instruction, string text) => Add(rule, (instruction.Line, instruction.EndLine), text);

    public void Add(CheckRule rule, (int First, int Last) lines, string text)
    {
        var warning = new CheckWarning(rule, text, lines.First, lines.Last);
        // One word that is wrong twice in an instruction is told once.
        if (options.Counts(rule) && !warnings.Contains(warning))
            warnings.Add(warning);
    }
}
