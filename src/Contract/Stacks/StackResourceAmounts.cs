namespace Argosy.Contract.Stacks;

/// <summary>Processors (fractions allowed), bytes, processes.</summary>
public sealed record StackResourceAmounts
{
    public double? Cpus { get; init; }
    public long? Memory { get; init; }
    public long? Pids { get; init; }
}
