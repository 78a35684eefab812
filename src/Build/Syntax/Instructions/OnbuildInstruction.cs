namespace Argosy.Build.Syntax.Instructions;

/// <summary>Leaves an instruction for builds that start from this image.</summary>
public sealed record OnbuildInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "ONBUILD";

    public required string Trigger { get; init; }
}
