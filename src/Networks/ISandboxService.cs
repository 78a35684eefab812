using Argosy.Core;

namespace Argosy.Networks;

/// <summary>Something that serves containers from inside their network namespace and must be there before the container runs (the name server).</summary>
public interface ISandboxService
{
    /// <summary>The sandbox is complete, its container is not started yet; or it changed; or it was adopted after a restart.</summary>
    ValueTask AttachAsync(Sandbox sandbox);

    /// <summary>The sandbox is about to go: nothing may keep its namespace busy. One that was never attached is no error.</summary>
    ValueTask DetachAsync(ContainerId container);
}
