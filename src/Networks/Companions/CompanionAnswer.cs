namespace Argosy.Networks.Companions;

/// <summary>That a request is done.</summary>
internal abstract record CompanionAnswer
{
    /// <summary>The request's.</summary>
    public required long Id { get; init; }

    /// <summary>To a greeting: the companion's version.</summary>
    public string? Version { get; init; }
}
