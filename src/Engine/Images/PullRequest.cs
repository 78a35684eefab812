using Argosy.Core;
using Argosy.Registry;

namespace Argosy.Engine.Images;

/// <summary>An image that is wanted from its registry.</summary>
public sealed record PullRequest
{
    /// <summary>The name, with a tag or a digest.</summary>
    public required ImageReference Name { get; init; }

    /// <summary>True: every tag of the repository.</summary>
    public bool AllTags { get; init; }

    /// <summary>Which image of an index; null for this machine's.</summary>
    public Platform? Platform { get; init; }

    /// <summary>Who asks.</summary>
    public RegistryCredentials Credentials { get; init; } = RegistryCredentials.Anonymous;
}
