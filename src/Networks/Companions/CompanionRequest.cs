namespace Argosy.Networks.Companions;

/// <summary>
/// What the daemon tells a companion. The order of messages is the order of things; each with an id other than 0 is answered with that id
/// when it is done. Two are common to all, "hello" and "end", and never change: versions that differ must still be able to part.
/// </summary>
internal abstract record CompanionRequest
{
    /// <summary>0: no answer is wanted.</summary>
    public long Id { get; init; }
}
