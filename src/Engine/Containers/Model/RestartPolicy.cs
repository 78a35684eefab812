namespace Argosy.Engine.Containers.Model;

/// <summary>What happens after an exit (Engine API, RestartPolicy).</summary>
public sealed record RestartPolicy(RestartMode Mode, int MaximumRetryCount = 0)
{
    /// <summary>No restart.</summary>
    public static RestartPolicy None { get; } = new(RestartMode.No);

    /// <summary>Whether a container that ended by itself is to be started again.</summary>
    public bool WantsRestart(int exitCode, int restartsSoFar) => Mode switch
    {
        RestartMode.Always or RestartMode.UnlessStopped => true,
        RestartMode.OnFailure => exitCode != 0 && (MaximumRetryCount == 0 || restartsSoFar < MaximumRetryCount),
        _ => false,
    };
}
