namespace Argosy.Catalog.Resolver;

/// <summary>A resolver that this daemon started.</summary>
internal interface IResolverProcess
{
    /// <summary>Whether it is over.</summary>
    bool HasEnded { get; }

    /// <summary>Waits for its end, and brings it about when it takes longer than that.</summary>
    Task EndAsync(TimeSpan patience);
}
