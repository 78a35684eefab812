using Argosy.Contract.Stacks;

namespace Argosy.Client;

/// <summary>How to bring a stack up.</summary>
/// <param name="Spec">The desired state.</param>
public sealed record StackUpRequest(StackSpec Spec)
{
    /// <summary>The services that are meant, with what they depend on; empty is all.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Services that the files have but that are not active: their containers are no orphans.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary><c>service=number</c> each.</summary>
    public IReadOnlyList<string> Scale { get; init; } = [];

    /// <summary><c>diverged</c> (the default), <c>force</c> or <c>never</c>.</summary>
    public string? Recreate { get; init; }

    /// <summary><c>always</c>, <c>missing</c> or <c>never</c>; null leaves it to each service.</summary>
    public string? Pull { get; init; }

    public bool NoDependencies { get; init; }

    public bool RemoveOrphans { get; init; }

    /// <summary>Create only.</summary>
    public bool NoStart { get; init; }

    public bool RenewAnonymousVolumes { get; init; }

    /// <summary>Until every container is healthy, or running where it has no health check.</summary>
    public bool Wait { get; init; }

    /// <summary>Seconds that containers get to stop when they are replaced.</summary>
    public int? Timeout { get; init; }
}
