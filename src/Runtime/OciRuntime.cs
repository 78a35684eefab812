using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>
/// Containers and execs as processes: an OCI runtime (crun, or runc) behind its command line, with conmon as the parent of each.
/// Callers hold the container's lock; nothing here keeps state that is not on disk.
/// </summary>
public sealed partial class OciRuntime
{
    /// <summary>Creates the container: when this returns, its first process exists and waits for <see cref="StartAsync"/>, and its streams can be attached to.</summary>
    /// <returns>The first process's pid.</returns>
    /// <exception cref="RuntimeException">The runtime refused; nothing is left behind.</exception>
    public Task<int> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Lets a created container's first process run.</summary>
    /// <exception cref="RuntimeException">The command was not found or cannot be executed.</exception>
    public Task StartAsync(ContainerId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Sends a signal to the first process.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/> when it does not run.</exception>
    public Task SignalAsync(ContainerId id, int signal, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Freezes all processes.</summary>
    public Task PauseAsync(ContainerId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Thaws all processes.</summary>
    public Task ResumeAsync(ContainerId id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Changes limits of a created or running container; null members stay as they are.</summary>
    public Task UpdateAsync(ContainerId id, ResourceLimits limits, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Removes what there is of a container: processes, cgroups, bundle, exit file. Idempotent; what a crash left is removed too.</summary>
    public Task DeleteAsync(ContainerId id) => throw new NotSupportedException();

    /// <summary>Starts a process in a running container.</summary>
    /// <returns>Its pid on the host.</returns>
    /// <exception cref="RuntimeException">The command was not found or cannot be executed.</exception>
    public Task<int> StartExecAsync(ExecSpec spec, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Removes what is left of an ended exec; call it when its exit has been recorded.</summary>
    public void ForgetExec(ContainerId id, string execId) => throw new NotSupportedException();

    /// <summary>Connects to the streams of a created or running container (or exec).</summary>
    public Task<Attachment> AttachAsync(ContainerId id, string? execId, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Sets the terminal's size.</summary>
    public Task ResizeAsync(ContainerId id, string? execId, ushort rows, ushort columns, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>All containers that have a bundle, for recovery.</summary>
    public IReadOnlyList<RuntimeState> ListOnDisk() => throw new NotSupportedException();

    /// <summary>Whether the container's first process exists (created, running or paused).</summary>
    public bool IsAlive(ContainerId id) => throw new NotSupportedException();

    /// <summary>The first process's pid; 0 when it does not exist.</summary>
    public int GetPid(ContainerId id) => throw new NotSupportedException();
}
