namespace Argosy.Build.Syntax.Instructions;

/// <summary>Sets labels.</summary>
public sealed record LabelInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "LABEL";

    public required IReadOnlyList<KeyValue> Labels { get; init; }

    /// <summary>True for <c>LABEL name value</c>.</summary>
    public bool IsOldForm { get; init; }
}
