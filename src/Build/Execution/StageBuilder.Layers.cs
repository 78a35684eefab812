using Argosy.Build.Cache;
using Argosy.Core;

namespace Argosy.Build.Execution;

/// <summary>Steps that change files, and where their results come from.</summary>
internal sealed partial class StageBuilder
{
    /// <summary>A step that may change files: found in the cache, or run in a snapshot of the layers so far and kept as a new layer.</summary>
    /// <param name="keys">Keys for the same result, the cheapest first; the last is computed only when the others miss.</param>
    /// <param name="description">What the history says of it.</param>
    /// <param name="standsAlone">True: the layer is made on nothing.</param>
    /// <param name="act">Runs it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="tellsAll">True when the description, with the history before it, says everything that decides the result: then an image's history is as good as a key.</param>
    private async Task LayerStepAsync(
        IReadOnlyList<Func<Task<string>>> keys, string description, bool standsAlone, Func<IBuildSnapshot, Task> act, CancellationToken cancellationToken, bool tellsAll = false)
    {
        IReadOnlyList<Digest> layers = Image.DiffIds;
        string first = await keys[0]();
        using IDisposable turn = await session.Cache.EnterAsync(first, cancellationToken);
        var tried = new List<string>();
        foreach (Func<Task<string>> key in keys)
        {
            tried.Add(tried.Count == 0 ? first : await key());
            if (await TryReuseAsync(tried, layers, description, cancellationToken) || await TryImportAsync(tried, layers, description, tellsAll, cancellationToken))
                return;
        }
        BuiltLayer? layer = await MakeLayerAsync(layers, standsAlone, act, cancellationToken);
        CacheRecord record = await session.Cache.AddAsync(tried[^1], ChainId.Of(layers), layer, description);
        foreach (string alias in tried.SkipLast(1))
            await session.Cache.AliasAsync(alias, record);
        Take(record, tried, description);
    }

    /// <summary>One of the build's slots is held only while something is done: who waits for another step's result must not keep others waiting.</summary>
    private async Task<BuiltLayer?> MakeLayerAsync(IReadOnlyList<Digest> layers, bool standsAlone, Func<IBuildSnapshot, Task> act, CancellationToken cancellationToken)
    {
        await session.Slots.WaitAsync(cancellationToken);
        try
        {
            await using IBuildSnapshot snapshot = await session.Images.OpenAsync(standsAlone ? [] : layers, cancellationToken);
            await act(snapshot);
            return await snapshot.CommitAsync(standsAlone ? layers : null, session.Arguments.Epoch, cancellationToken);
        }
        finally
        {
            session.Slots.Release();
        }
    }

    /// <summary>Takes the result of the newest key, if its layers are still here; the keys tried before it become its aliases.</summary>
    private async Task<bool> TryReuseAsync(List<string> tried, IReadOnlyList<Digest> layers, string description, CancellationToken cancellationToken)
    {
        string key = tried[^1];
        if (IgnoresCache || !session.Cache.TryGet(key, out CacheRecord? record))
            return false;
        if (record.DiffId is not null && !session.Images.AreHere([.. layers, Digest.Parse(record.DiffId)]))
        {
            // A layer that came from a cache may have gone with its record left behind: the cache may promise it again.
            await session.Cache.ForgetAsync(key);
            return false;
        }
        foreach (string alias in tried.SkipLast(1))
            await session.Cache.AliasAsync(alias, record);
        session.UsedKeys[key] = true;
        await output.CachedAsync(cancellationToken);
        Take(record, tried, description);
        return true;
    }

    /// <summary>Takes what an imported cache says of the newest key. It becomes this engine's own result when the build has succeeded and the layer has come.</summary>
    private async Task<bool> TryImportAsync(List<string> tried, IReadOnlyList<Digest> layers, string description, bool tellsAll, CancellationToken cancellationToken)
    {
        if (IgnoresCache || FindImported(tried[^1], layers, description, tellsAll) is not { } found)
            return false;
        IReadOnlyList<Digest> whole = found.DiffId is { } diffId ? [.. layers, diffId] : layers;
        foreach (CachedStep known in session.Request.Caches.SelectMany(cache => cache.UnderAllKeys(found)).Concat(tried.Select(key => found with { Key = key })))
            (session.Imported[known.Key], session.Steps[known.Key]) = ((known, whole), known);
        await output.CachedAsync(cancellationToken);
        Take(found, tried, description);
        return true;
    }

    private CachedStep? FindImported(string key, IReadOnlyList<Digest> layers, string description, bool tellsAll)
    {
        foreach (ImportedCache cache in session.Request.Caches.Where(cache => !cache.IsLost))
        {
            CachedStep? found = cache.Find(key) ?? (tellsAll ? cache.FindNext(Image, key, description) : null);
            // A result on other layers under this key would be a lie: the layers are in the key.
            if (found is not null && found.Parent == ChainId.Of(layers) && (found.DiffId is not { } diffId || session.Images.HasLayers([.. layers, diffId])))
                return found;
        }
        return null;
    }

    private void Take(CacheRecord record, List<string> keys, string description) => Take(
        new CachedStep(keys[^1], record.Parent, record.DiffId is null ? null : Digest.Parse(record.DiffId), record.Description, record.Created, record.Size), keys, description);

    private void Take(CachedStep step, List<string> keys, string description)
    {
        DateTimeOffset created = session.Arguments.Epoch ?? step.Created;
        foreach (string key in keys)
        {
            CachedStep known = step with { Key = key, Created = created };
            session.Steps[key] = known;
            steps.Add(known);
        }
        if (step.DiffId is { } diffId)
            Image.AddLayer(diffId, description, created);
        else
            Image.AddEmpty(description, created);
    }
}
