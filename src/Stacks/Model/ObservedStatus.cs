namespace Argosy.Stacks;

/// <summary>A container's state, as far as a plan cares.</summary>
public enum ObservedStatus
{
    /// <summary>Never started.</summary>
    Created,

    /// <summary>Running, or waiting for its restart policy to run it again.</summary>
    Running,

    /// <summary>Frozen by the user.</summary>
    Paused,

    /// <summary>Ended.</summary>
    Exited,
}
