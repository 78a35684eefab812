using Argosy.Networks.Companions;

namespace Argosy.Catalog.Resolver;

/// <summary>That a request is done.</summary>
internal sealed record ResolverAnswer : CompanionAnswer
{
    /// <summary>The containers that could not be served.</summary>
    public IReadOnlyList<ServingProblem> Problems { get; set; } = [];
}
