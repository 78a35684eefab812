namespace Argosy.Build.Syntax.Instructions;

/// <summary>Notes the directories that are volumes.</summary>
public sealed record VolumeInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "VOLUME";

    public required IReadOnlyList<string> Paths { get; init; }
}
