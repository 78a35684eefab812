namespace Argosy.Build.Syntax.Instructions;

/// <summary>Begins a stage.</summary>
public sealed record FromInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "FROM";

    public required string Image { get; init; }

    public required string? StageName { get; init; }

    public required string? Platform { get; init; }
}
