namespace Argosy.Stacks;

/// <summary>How a stack is to be brought up; kept with the stack until that is done, so that a new daemon can go on.</summary>
public sealed record UpOptions
{
    /// <summary>The services that are meant, with what they depend on; empty is all.</summary>
    public IReadOnlyList<string> Services { get => field ?? []; init; }

    /// <summary>Services that the client's files know but that are not active: their containers are no orphans.</summary>
    public IReadOnlyList<string> KnownServices { get => field ?? []; init; }

    public bool NoDependencies { get; init; }

    public bool ForceRecreate { get; init; }

    public bool NoRecreate { get; init; }

    public bool RemoveOrphans { get; init; }

    /// <summary>Create only.</summary>
    public bool NoStart { get; init; }

    public bool RenewAnonymousVolumes { get; init; }

    /// <summary>Stays until every started container is healthy, or running where it has no health check.</summary>
    public bool Wait { get; init; }

    /// <summary>Overrides the services' stop grace period when containers are replaced.</summary>
    public int? TimeoutSeconds { get; init; }

    /// <summary>Overrides every service's pull policy: always, missing, never.</summary>
    public string? Pull { get; init; }
}
