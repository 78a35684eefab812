namespace Argosy.Stacks;

/// <summary>How a stack is to be taken down.</summary>
public sealed record DownOptions
{
    /// <summary>Remove the stack's named volumes, and the containers' anonymous ones.</summary>
    public bool Volumes { get; init; }

    /// <summary><c>all</c>: every service's image; <c>local</c>: those without a name of their own.</summary>
    public string? RemoveImages { get; init; }

    public bool RemoveOrphans { get; init; }

    /// <summary>Services that the client's files know although the stack does not.</summary>
    public IReadOnlyList<string> KnownServices { get => field ?? []; init; }

    /// <summary>Only these services' containers; networks and volumes stay.</summary>
    public IReadOnlyList<string> Services { get => field ?? []; init; }

    public int? TimeoutSeconds { get; init; }
}
