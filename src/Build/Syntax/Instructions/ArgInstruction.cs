namespace Argosy.Build.Syntax.Instructions;

/// <summary>Declares build arguments.</summary>
public sealed record ArgInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "ARG";

    public required IReadOnlyList<ArgDeclaration> Declarations { get; init; }
}
