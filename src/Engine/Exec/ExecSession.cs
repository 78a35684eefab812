using Argosy.Core;

namespace Argosy.Engine.Exec;

/// <summary>One exec of a container: asked for, running, or ended. Sessions live in memory: their processes outlive the daemon, their ids do not, as with Docker.</summary>
public sealed class ExecSession(string id, ContainerId container, ExecRequest request)
{
    private readonly TaskCompletionSource<int> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>64 hexadecimal digits.</summary>
    public string Id { get; } = id;

    /// <summary>The container it runs in.</summary>
    public ContainerId Container { get; } = container;

    /// <summary>What was asked for.</summary>
    public ExecRequest Request { get; } = request;

    /// <summary>The process on the host; 0 before the start.</summary>
    public int Pid { get; internal set; }

    /// <summary>True between its start and its end.</summary>
    public bool Running { get; internal set; }

    /// <summary>Set at the start, and never again.</summary>
    internal bool Started { get; set; }

    /// <summary>Null until it has ended.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>When it ended, in ticks of the clock; for forgetting old ones.</summary>
    internal DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Done with the exit code.</summary>
    public Task<int> Ended => ended.Task;

    internal void SetEnded(int exitCode, DateTimeOffset at)
    {
        ExitCode = exitCode;
        EndedAt = at;
        Running = false;
        ended.TrySetResult(exitCode);
    }
}
