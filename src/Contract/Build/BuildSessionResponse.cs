namespace Argosy.Contract.Build;

/// <summary>The answer to <c>POST /argosy/builds</c>.</summary>
public sealed record BuildSessionResponse
{
    /// <summary>What the header <c>X-Argosy-Build</c> of the build says.</summary>
    public required string Id { get; init; }
}
