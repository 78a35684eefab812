namespace Argosy.Contract.Stacks;

/// <summary>Hard limits, and what is set aside.</summary>
public sealed record StackResources
{
    public StackResourceAmounts? Limits { get; init; }
    public StackResourceAmounts? Reservations { get; init; }
}
