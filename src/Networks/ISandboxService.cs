using Argosy.Core;

namespace Argosy.Networks;

/// <summary>Something that serves containers from inside their network namespace and must be there before the container runs (the name server).</summary>
public interface ISandboxService
{
    /// <summary>A network exists, its containers will come: get ready, off the path of their start. Never blocks.</summary>
    void Prepare(NetworkRecord network);

    /// <summary>At the daemon's start: these are adopted, and whatever else was served before is gone.</summary>
    ValueTask ResetAsync(IReadOnlyCollection<Sandbox> adopted);

    /// <summary>The sandbox is complete, its container is not started yet; or it changed.</summary>
    ValueTask AttachAsync(Sandbox sandbox);

    /// <summary>The sandbox is about to go: nothing may keep its namespace busy. One that was never attached is no error.</summary>
    ValueTask DetachAsync(ContainerId container);
}
