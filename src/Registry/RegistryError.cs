namespace Argosy.Registry;

/// <summary>What a registry refused, as far as callers decide by it.</summary>
public enum RegistryError
{
    /// <summary>Anything else; the message says it.</summary>
    Other,

    /// <summary>Credentials are missing or wrong.</summary>
    Unauthorized,

    /// <summary>The registry wants a user and a password, and none were given.</summary>
    NoCredentials,

    /// <summary>These credentials may not.</summary>
    Denied,

    /// <summary>The repository has no such manifest.</summary>
    ManifestUnknown,

    /// <summary>There is no such repository.</summary>
    NameUnknown,

    /// <summary>The repository has no such blob.</summary>
    BlobUnknown,

    /// <summary>Too many requests, after all retries.</summary>
    TooManyRequests,

    /// <summary>The registry cannot be searched.</summary>
    NoSearch,

    /// <summary>The registry could not be reached.</summary>
    Unreachable,
}
