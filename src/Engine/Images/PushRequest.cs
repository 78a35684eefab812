using Argosy.Core;
using Argosy.Registry;

namespace Argosy.Engine.Images;

/// <summary>An image that is to go to its registry.</summary>
public sealed record PushRequest
{
    /// <summary>The name with its tag; with <see cref="AllTags"/> only the repository matters.</summary>
    public required ImageReference Name { get; init; }

    /// <summary>True: every tag that the repository has here.</summary>
    public bool AllTags { get; init; }

    /// <summary>The platform that the image must be for; null when it does not matter.</summary>
    public Platform? Platform { get; init; }

    /// <summary>Who asks.</summary>
    public RegistryCredentials Credentials { get; init; } = RegistryCredentials.Anonymous;
}
