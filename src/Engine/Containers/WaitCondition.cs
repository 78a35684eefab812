namespace Argosy.Engine.Containers;

/// <summary>What a client waits for (Engine API, ContainerWait).</summary>
public enum WaitCondition
{
    /// <summary>It does not run; true at once for a container that has ended or never ran.</summary>
    NotRunning,

    /// <summary>Its next exit.</summary>
    NextExit,

    /// <summary>Its removal.</summary>
    Removed,
}
