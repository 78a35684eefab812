namespace Argosy.Contract.Stacks;

/// <summary>One stack: what is wanted, and how the last operation ended.</summary>
public sealed record StackDetail
{
    public required string Name { get; init; }

    /// <summary><c>up</c> or <c>stopped</c>.</summary>
    public required string Goal { get; init; }

    /// <summary>An operation is under way (or was, when the daemon died, and is taken up again).</summary>
    public bool Busy { get; init; }

    /// <summary>Why the last operation failed.</summary>
    public string? LastError { get; init; }

    /// <summary>The desired state; the content of secrets is left out.</summary>
    public required StackSpec Spec { get; init; }
}
