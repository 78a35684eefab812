namespace Argosy.Build.Syntax.Instructions;

/// <summary>Sets and makes the working directory.</summary>
public sealed record WorkdirInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "WORKDIR";

    public required string Path { get; init; }
}
