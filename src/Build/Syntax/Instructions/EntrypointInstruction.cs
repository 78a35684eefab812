namespace Argosy.Build.Syntax.Instructions;

/// <summary>Sets the image's entry point.</summary>
public sealed record EntrypointInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "ENTRYPOINT";

    public required CommandLine Command { get; init; }
}
