namespace Argosy.Build.Syntax.Instructions;

/// <summary>Sets the user of what follows.</summary>
public sealed record UserInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "USER";

    public required string User { get; init; }
}
