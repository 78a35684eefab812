using Argosy.Runtime.Conmon;

namespace Argosy.Runtime;

/// <summary>A creation that has begun (<see cref="OciRuntime.Prepare"/>): its conmon waits. Disposed before it is completed, conmon is killed.</summary>
public sealed class PendingContainer : IDisposable
{
    internal PendingContainer(ContainerStreams streams, RuntimeBinary runtime, ConmonLaunch launch) => (Streams, Runtime, Launch) = (streams, runtime, launch);

    internal ContainerStreams Streams { get; }

    internal RuntimeBinary Runtime { get; }

    internal ConmonLaunch Launch { get; }

    /// <inheritdoc/>
    public void Dispose() => Launch.Dispose();
}
