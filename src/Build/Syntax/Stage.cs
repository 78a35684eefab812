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

    /// <summary>Whether a name or a number means this stage.</summary>
    public bool IsCalled(string name) =>
        string.Equals(name, Name, StringComparison.OrdinalIgnoreCase) || name == Index.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
