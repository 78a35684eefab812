using System.Collections.Concurrent;
using Argosy.Build;
using Argosy.Core;
using Argosy.Engine.Builds.Caching;

namespace Argosy.Engine.Builds;

/// <summary>
/// What clients hand over before a build that Docker's request has no place for: secrets, which stay in memory, and contexts beside the main one.
/// A session belongs to the one build that takes it; who never builds loses it after an hour.
/// </summary>
public sealed class BuildSessions(DaemonPaths paths, TimeProvider clock)
{
    /// <summary>Bytes of the largest secret; BuildKit's bound.</summary>
    public const int LargestSecret = 500 << 10;

    private const int MostSecrets = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, BuildSession> sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, BuildSession> building = new(StringComparer.Ordinal);

    /// <summary>Begins one.</summary>
    /// <param name="noCacheStages">Stages for which results of earlier builds are not used.</param>
    /// <param name="cacheTo">Where the results are exported to.</param>
    /// <returns>Its id, which is all that a build needs to take it: nobody guesses it.</returns>
    public string Begin(IReadOnlyList<string> noCacheStages, IReadOnlyList<CacheTarget> cacheTo)
    {
        foreach ((string old, BuildSession session) in sessions)
        {
            // Somebody else may take or forget it at this moment: then it is theirs to dispose of.
            if (session.Begun + Patience < clock.GetUtcNow() && sessions.TryRemove(old, out BuildSession? abandoned))
                abandoned.Dispose();
        }
        string id = RandomId.Next();
        sessions[id] = new BuildSession(clock.GetUtcNow(), noCacheStages, cacheTo);
        return id;
    }

    /// <summary>Adds a secret.</summary>
    /// <exception cref="EngineException">No such session, or too much.</exception>
    public void AddSecret(string id, string name, ReadOnlyMemory<byte> value)
    {
        BuildSession session = Find(id);
        if (value.Length > LargestSecret || session.Secrets.Count >= MostSecrets)
            throw EngineException.Invalid($"secret {name}: at most {MostSecrets} secrets of {LargestSecret} bytes each");
        session.Secrets[name] = value;
    }

    /// <summary>Adds a context that is an image.</summary>
    public void AddImage(string id, string name, string reference)
    {
        if (!Find(id).Contexts.TryAdd(name, new NamedContext { Image = reference }))
            throw EngineException.Conflict($"build session {id} has a context {name} already");
    }

    /// <summary>Adds a context that is a directory.</summary>
    /// <param name="id">The session's.</param>
    /// <param name="name">The context's.</param>
    /// <param name="archive">A tar, compressed or not.</param>
    /// <param name="cancellationToken">Ends the unpacking.</param>
    public async Task AddDirectoryAsync(string id, string name, Stream archive, CancellationToken cancellationToken)
    {
        BuildSession session = Find(id);
        string directory = ContextDirectory.NewPath(paths);
        // Named first: whatever happens, it is removed with the session. A second one of the name would hide the first one's directory.
        if (!session.Contexts.TryAdd(name, new NamedContext { Path = directory }))
            throw EngineException.Conflict($"build session {id} has a context {name} already");
        await ContextDirectory.UnpackAsync(archive, directory, cancellationToken);
    }

    /// <summary>A new directory for a cache that is exported to the client.</summary>
    public string NewDirectory() => ContextDirectory.NewPath(paths);

    /// <summary>Adds a cache: an image layout.</summary>
    /// <param name="id">The session's.</param>
    /// <param name="name">The cache's, for people.</param>
    /// <param name="archive">A tar, compressed or not.</param>
    /// <param name="cancellationToken">Ends the unpacking.</param>
    public async Task AddCacheAsync(string id, string name, Stream archive, CancellationToken cancellationToken)
    {
        BuildSession session = Find(id);
        string directory = ContextDirectory.NewPath(paths);
        if (!session.CacheDirectories.TryAdd(name, directory))
            throw EngineException.Conflict($"build session {id} has a cache {name} already");
        await ContextDirectory.UnpackAsync(archive, directory, cancellationToken);
    }

    /// <summary>The directory of a cache that a build has exported.</summary>
    /// <param name="id">The session's.</param>
    /// <param name="number">Which of the session's targets, from 0.</param>
    public string FindExport(string id, int number) =>
        Find(id).CacheTo.ElementAtOrDefault(number) is CacheTarget.InDirectory target && Directory.Exists(target.Path)
            ? target.Path : throw EngineException.NotFound($"build session {id} has no exported cache {number}");

    /// <summary>The build has succeeded: the session lives on when there is something for the client to fetch.</summary>
    /// <returns>False when there is nothing: it is the caller's to dispose.</returns>
    public bool TryKeep(string id, BuildSession session)
    {
        session.ForgetInputs();
        return session.HasExports && sessions.TryAdd(id, session);
    }

    /// <summary>An agent that the client lends: begun with the first connection that it offers, which may be before or while the build runs.</summary>
    public ForwardedAgent Agent(string id, string name)
    {
        BuildSession session = building.TryGetValue(id, out BuildSession? running) ? running : Find(id);
        return session.Agents.GetOrAdd(name, _ => new ForwardedAgent());
    }

    /// <summary>Takes a session for a build; <see cref="TryKeep"/> or dispose it when the build has ended.</summary>
    public BuildSession Take(string id)
    {
        if (!sessions.TryRemove(id, out BuildSession? session))
            throw NoSuch(id);
        building[id] = session;
        session.OnEnd = () => building.TryRemove(id, out _);
        return session;
    }

    /// <summary>Forgets one.</summary>
    public void Remove(string id)
    {
        if (!sessions.TryRemove(id, out BuildSession? session))
            throw NoSuch(id);
        session.Dispose();
    }

    private BuildSession Find(string id) => sessions.TryGetValue(id, out BuildSession? session) ? session : throw NoSuch(id);

    private static EngineException NoSuch(string id) => EngineException.NotFound($"no such build session: {id}");
}
