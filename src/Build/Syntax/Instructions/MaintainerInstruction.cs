namespace Argosy.Build.Syntax.Instructions;

/// <summary>Sets the image's author.</summary>
public sealed record MaintainerInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "MAINTAINER";

    public required string Author { get; init; }
}
