namespace Argosy.Build.Syntax.Instructions;

/// <summary>Notes the ports that the image's process listens on.</summary>
public sealed record ExposeInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "EXPOSE";

    public required IReadOnlyList<string> Ports { get; init; }
}
