using System.Collections.Concurrent;
using Argosy.Core;

namespace Argosy.Engine.Recovery;

/// <summary>Containers that ran when the last daemon ended, do not any more, and whose start an <see cref="IStartOrder"/> decides.</summary>
public sealed class InterruptedContainers
{
    private readonly ConcurrentDictionary<ContainerId, byte> ids = new();

    /// <summary>True until it has been started again.</summary>
    public bool Contains(ContainerId id) => ids.ContainsKey(id);

    /// <summary>It was started, or nobody wants it started.</summary>
    public void Remove(ContainerId id) => ids.TryRemove(id, out _);

    internal void Add(ContainerId id) => ids[id] = 0;
}
