namespace Argosy.Build.Syntax.Instructions;

/// <summary>Sets the image's default command.</summary>
public sealed record CmdInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "CMD";

    public required CommandLine Command { get; init; }
}
