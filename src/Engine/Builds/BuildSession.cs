using System.Collections.Concurrent;
using Argosy.Build;
using Argosy.Engine.Builds.Caching;
using Argosy.Linux.Files;

namespace Argosy.Engine.Builds;

/// <summary>What was handed over for one build.</summary>
public sealed class BuildSession(DateTimeOffset begun, IReadOnlyList<string> noCacheStages, IReadOnlyList<CacheTarget> cacheTo) : IDisposable
{
    /// <summary>When it was begun.</summary>
    public DateTimeOffset Begun => begun;

    /// <summary>Stages for which results of earlier builds are not used.</summary>
    public IReadOnlyList<string> NoCacheStages => noCacheStages;

    /// <summary>Where the results are exported to.</summary>
    public IReadOnlyList<CacheTarget> CacheTo => cacheTo;

    /// <summary>Directories with caches that were handed over, by name.</summary>
    public ConcurrentDictionary<string, string> CacheDirectories { get; } = new(StringComparer.Ordinal);

    /// <summary>True when a cache lies here for the client to fetch.</summary>
    public bool HasExports => cacheTo.OfType<CacheTarget.InDirectory>().Any(target => Directory.Exists(target.Path));

    /// <summary>By id.</summary>
    public ConcurrentDictionary<string, ReadOnlyMemory<byte>> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>SSH agents that the client lends, by id.</summary>
    public ConcurrentDictionary<string, ForwardedAgent> Agents { get; } = new(StringComparer.Ordinal);

    /// <summary>Called when it is forgotten.</summary>
    internal Action? OnEnd { get; set; }

    /// <summary>By name.</summary>
    public ConcurrentDictionary<string, NamedContext> Contexts { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The build is done: what it was given is forgotten, what it leaves for the client stays.</summary>
    public void ForgetInputs()
    {
        OnEnd?.Invoke();
        Secrets.Clear();
        foreach (ForwardedAgent agent in Agents.Values)
            agent.Dispose();
        Agents.Clear();
        foreach (string directory in Contexts.Values.Select(context => context.Path).OfType<string>().Concat(CacheDirectories.Values))
            FileTree.Remove(directory);
        Contexts.Clear();
        CacheDirectories.Clear();
    }

    /// <summary>Removes all directories.</summary>
    public void Dispose()
    {
        ForgetInputs();
        foreach (CacheTarget.InDirectory target in cacheTo.OfType<CacheTarget.InDirectory>())
            FileTree.Remove(target.Path);
    }
}
