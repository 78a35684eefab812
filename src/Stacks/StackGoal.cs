namespace Argosy.Stacks;

/// <summary>What the user last asked for; the daemon keeps it true over its own restarts.</summary>
public enum StackGoal
{
    /// <summary>Its services run.</summary>
    Up,

    /// <summary>The user stopped it: it rests until the user starts it.</summary>
    Stopped,
}
