using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>
/// The networks of all running containers, as they are now. One owner writes it (<see cref="NetworkManager"/>, or the resolver in its own process),
/// anyone reads it, without locks.
/// </summary>
public sealed class SandboxDirectory
{
    private readonly ConcurrentDictionary<ContainerId, Sandbox> sandboxes = new();
    private readonly ConcurrentDictionary<ContainerId, bool> silent = new();
    private long version;

    /// <summary>Changes whenever anything here does.</summary>
    public long Version => Interlocked.Read(ref version);

    /// <summary>A container left the answers (false) or came back (true); raised after the change, by the thread that makes it.</summary>
    public event Action<ContainerId, bool>? AnsweringChanged;

    /// <summary>A snapshot of all.</summary>
    public ICollection<Sandbox> All => sandboxes.Values;

    /// <summary>Looks one up.</summary>
    public bool TryGet(ContainerId container, [NotNullWhen(true)] out Sandbox? sandbox) => sandboxes.TryGetValue(container, out sandbox);

    /// <summary>Whether a container's names resolve.</summary>
    public bool IsAnswering(ContainerId container) => !silent.ContainsKey(container);

    /// <summary>An unhealthy or draining container leaves the answers to its names (false), and comes back (true).</summary>
    public void SetAnswering(ContainerId container, bool answering)
    {
        if (answering ? !silent.TryRemove(container, out _) : !silent.TryAdd(container, true))
            return;
        Interlocked.Increment(ref version);
        AnsweringChanged?.Invoke(container, answering);
    }

    /// <summary>For the owner: a network is there, or is another now.</summary>
    public void Put(Sandbox sandbox)
    {
        sandboxes[sandbox.Container] = sandbox;
        Interlocked.Increment(ref version);
    }

    /// <summary>For the owner: a network is gone.</summary>
    public void Remove(ContainerId container)
    {
        sandboxes.TryRemove(container, out _);
        silent.TryRemove(container, out _);
        Interlocked.Increment(ref version);
    }
}
