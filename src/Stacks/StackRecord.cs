using Argosy.Contract.Stacks;

namespace Argosy.Stacks;

/// <summary>What the daemon remembers of a stack (kind "stack", by name).</summary>
public sealed record StackRecord
{
    /// <summary>The desired state.</summary>
    public required StackSpec Spec { get; init; }

    public StackGoal Goal { get; init; }

    /// <summary>It is being brought up; a new daemon goes on with that.</summary>
    public UpOptions? PendingUp { get; init; }

    /// <summary>It is being taken down; a new daemon goes on with that.</summary>
    public DownOptions? PendingDown { get; init; }

    /// <summary>Why the last operation failed; null when it did not.</summary>
    public string? LastError { get; init; }
}
