namespace Argosy.Stacks;

/// <summary>What is to be done, in order: networks, volumes, then services, each after those that it depends on.</summary>
public sealed record StackPlan
{
    /// <summary>Keys of the stack's networks to create.</summary>
    public required IReadOnlyList<string> Networks { get; init; }

    /// <summary>Keys of the stack's volumes to create.</summary>
    public required IReadOnlyList<string> Volumes { get; init; }

    public required IReadOnlyList<ServicePlan> Services { get; init; }

    /// <summary>Containers of services that nobody knows any more.</summary>
    public required IReadOnlyList<ObservedContainer> Orphans { get; init; }

    /// <summary>Things worth telling the user.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
