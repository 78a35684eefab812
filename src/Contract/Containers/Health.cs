namespace Argosy.Contract.Containers;

/// <summary>The health of a container: <c>none</c>, <c>starting</c>, <c>healthy</c>, <c>unhealthy</c>.</summary>
public sealed record Health
{
    public string Status { get; set; } = "";

    public int FailingStreak { get; init; }

    public IReadOnlyList<HealthcheckResult>? Log { get; init; }
}
