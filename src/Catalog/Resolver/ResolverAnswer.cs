namespace Argosy.Catalog.Resolver;

/// <summary>That a request is done.</summary>
internal sealed record ResolverAnswer
{
    /// <summary>The request's.</summary>
    public required long Id { get; init; }

    /// <summary>To a greeting: the resolver's version.</summary>
    public string? Version { get; init; }

    /// <summary>The containers that could not be served.</summary>
    public IReadOnlyList<ServingProblem> Problems { get; set; } = [];
}
