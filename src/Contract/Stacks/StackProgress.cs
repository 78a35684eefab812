namespace Argosy.Contract.Stacks;

/// <summary>One line of the progress stream of an operation on a stack. The last line has <see cref="Done"/> or <see cref="Error"/> alone.</summary>
public sealed record StackProgress
{
    /// <summary><c>container</c>, <c>network</c>, <c>volume</c>, <c>image</c>; null for a line about the whole stack.</summary>
    public string? Resource { get; init; }

    /// <summary>The resource's name.</summary>
    public string? Name { get; init; }

    /// <summary>The service, for containers and images.</summary>
    public string? Service { get; init; }

    /// <summary>Creating, Created, Starting, Started, Waiting, Healthy, Exited, Running, Recreate, Recreated, Stopping, Stopped, Removing, Removed, Pulling, Pulled, Skipped, Warning, Error.</summary>
    public string? Status { get; init; }

    /// <summary>More about the status: a warning's or an error's text, a pull's progress.</summary>
    public string? Detail { get; init; }

    /// <summary>Why the operation failed.</summary>
    public string? Error { get; init; }

    /// <summary>True on the last line of an operation that succeeded.</summary>
    public bool? Done { get; init; }
}
