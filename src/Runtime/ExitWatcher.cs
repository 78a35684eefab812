using System.Threading.Channels;
using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>Reports the end of containers and execs from conmon's exit files, by inotify. Exits that happened while nobody watched are reported at start.</summary>
public sealed class ExitWatcher : IAsyncDisposable
{
    /// <summary>The exits, each at least once: after a daemon restart those not yet forgotten (DeleteAsync, ForgetExec) come again. One reader.</summary>
    public ChannelReader<ContainerExit> Exits => throw new NotSupportedException();

    /// <summary>Begins to watch; call it once, before the first container is created.</summary>
    public void Start() => throw new NotSupportedException();

    /// <summary>The exit of a container if it is on disk already.</summary>
    public ContainerExit? TryRead(ContainerId id) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
