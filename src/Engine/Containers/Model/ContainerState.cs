namespace Argosy.Engine.Containers.Model;

/// <summary>Where a container is in its life; committed before any change of it is acknowledged.</summary>
public sealed record ContainerState
{
    /// <summary>The state proper.</summary>
    public required ContainerStatus Status { get; init; }

    /// <summary>The init process on the host while it runs or is paused; 0 otherwise.</summary>
    public int Pid { get; init; }

    /// <summary>The last exit's code; 128 + signal when a signal ended it.</summary>
    public int ExitCode { get; init; }

    /// <summary>Why the last start failed; empty when it did not.</summary>
    public string Error { get; set; } = "";

    /// <summary>The kernel killed it for its memory limit.</summary>
    public bool OomKilled { get; init; }

    /// <summary>The last start; null when there was none.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>The last exit; null when there was none.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The user stopped or killed it: the restart policy rests until the user starts it again.</summary>
    public bool StoppedByUser { get; init; }

    /// <summary>Restarts by the policy since the user's last start.</summary>
    public int RestartCount { get; init; }

    /// <summary>True while there is a process (running or paused).</summary>
    public bool IsAlive => Status is ContainerStatus.Running or ContainerStatus.Paused;
}
