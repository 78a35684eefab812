namespace Argosy.Store;

/// <summary>One record to be written or deleted; made by a <see cref="Collection{T}"/>, applied by <see cref="StateStore.CommitAsync"/>.</summary>
public sealed class Change
{
    private readonly Action publish;

    internal Change(string kind, string id, byte[]? body, Action publish) =>
        (Kind, Id, Body, this.publish) = (kind, id, body, publish);

    internal string Kind { get; }

    internal string Id { get; }

    /// <summary>The record as JSON; null deletes it.</summary>
    internal byte[]? Body { get; }

    /// <summary>Makes the committed change visible to readers.</summary>
    internal void Publish() => publish();
}
