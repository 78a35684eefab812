namespace Argosy.Engine.Containers.Model;

/// <summary>Docker's container states.</summary>
public enum ContainerStatus
{
    /// <summary>Made, never started.</summary>
    Created,

    /// <summary>Its process runs.</summary>
    Running,

    /// <summary>Its processes are frozen.</summary>
    Paused,

    /// <summary>It ended and waits to be started again by its restart policy.</summary>
    Restarting,

    /// <summary>It is being removed; recovery finishes that after a crash.</summary>
    Removing,

    /// <summary>It ended.</summary>
    Exited,

    /// <summary>Its removal failed.</summary>
    Dead,
}
