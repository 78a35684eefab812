using Argosy.Build.Syntax.Instructions;

namespace Argosy.Build.Syntax;

/// <summary>A FROM and what follows it.</summary>
/// <param name="Index">Its number, from 0.</param>
/// <param name="From">What it starts from.</param>
/// <param name="Instructions">Its instructions, without FROM.</param>
public sealed record Stage(int Index, FromInstruction From, IReadOnlyList<Instruction> Instructions)
{
    /// <summary>Its name in lower case, null when it has none.</summary>
    public string? Name => From.StageName;
}
