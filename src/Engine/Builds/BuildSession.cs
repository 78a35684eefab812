using System.Collections.Concurrent;
using Argosy.Build;
using Argosy.Linux.Files;

namespace Argosy.Engine.Builds;

/// <summary>What was handed over for one build.</summary>
public sealed class BuildSession(DateTimeOffset begun, IReadOnlyList<string> noCacheStages) : IDisposable
{
    /// <summary>When it was begun.</summary>
    public DateTimeOffset Begun => begun;

    /// <summary>Stages for which results of earlier builds are not used.</summary>
    public IReadOnlyList<string> NoCacheStages => noCacheStages;

    /// <summary>By id.</summary>
    public ConcurrentDictionary<string, ReadOnlyMemory<byte>> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>By name.</summary>
    public ConcurrentDictionary<string, NamedContext> Contexts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Removes the contexts' directories.</summary>
    public void Dispose()
    {
        foreach (NamedContext context in Contexts.Values.Where(context => context.Path is not null))
            FileTree.Remove(context.Path!);
    }
}
