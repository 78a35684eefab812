namespace Argosy.Build.Syntax.Instructions;

/// <summary>Executes a command in the stage and keeps what it changed.</summary>
public sealed record RunInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "RUN";

    public required CommandLine Command { get; init; }

    public required IReadOnlyList<Heredoc> Heredocs { get; init; }

    public required RunNetwork Network { get; init; }

    /// <summary>The mounts as written: their values may hold variables.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];
}
