namespace Argosy.Build.Syntax.Instructions;

/// <summary>Sets the signal that stops the container.</summary>
public sealed record StopSignalInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "STOPSIGNAL";

    public required string Signal { get; init; }
}
