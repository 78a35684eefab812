namespace Argosy.Contract.Containers;

/// <summary>One run of a health check.</summary>
public sealed record HealthcheckResult
{
    public DateTimeOffset Start { get; init; }

    public DateTimeOffset End { get; init; }

    public int ExitCode { get; init; }

    public string Output { get; set; } = "";
}
