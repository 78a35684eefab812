namespace Argosy.Build.Syntax.Instructions;

/// <summary>Sets the shell that the shell forms use.</summary>
public sealed record ShellInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "SHELL";

    public required IReadOnlyList<string> Shell { get; init; }
}
