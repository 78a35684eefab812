namespace Argosy.Build.Syntax.Instructions;

/// <summary>Sets environment variables.</summary>
public sealed record EnvInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "ENV";

    public required IReadOnlyList<KeyValue> Variables { get; init; }

    /// <summary>True for <c>ENV name value</c>.</summary>
    public bool IsOldForm { get; init; }
}
