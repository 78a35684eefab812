namespace Argosy.Build.Syntax.Instructions;

/// <summary>Sets or switches off the image's health check.</summary>
public sealed record HealthcheckInstruction : Instruction
{
    /// <inheritdoc/>
    public override string Name => "HEALTHCHECK";

    /// <summary>The command; null for NONE.</summary>
    public required CommandLine? Command { get; init; }

    /// <summary>Time between two checks; zero is the engine's default.</summary>
    public TimeSpan Interval { get; init; }

    /// <summary>Time one check may take; zero is the engine's default.</summary>
    public TimeSpan Timeout { get; init; }

    /// <summary>Time in which failures do not count; zero is the engine's default.</summary>
    public TimeSpan StartPeriod { get; init; }

    /// <summary>Time between two checks during the start period; zero is the engine's default.</summary>
    public TimeSpan StartInterval { get; init; }

    /// <summary>Failures in a row that make the container unhealthy; zero is the engine's default.</summary>
    public int Retries { get; init; }
}
