namespace Argosy.Core;

/// <summary>The classes of failure a client can tell apart. <c>Api/ErrorTable</c> maps each to one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>A bug or a failing kernel call: 500.</summary>
    Internal,

    /// <summary>The request is malformed or asks for something impossible: 400.</summary>
    InvalidArgument,

    /// <summary>The subject does not exist: 404.</summary>
    NotFound,

    /// <summary>The subject's state forbids it: 409.</summary>
    Conflict,

    /// <summary>Nothing to do, the subject is in the wanted state already: 304.</summary>
    NotModified,

    /// <summary>Not allowed: 403.</summary>
    Forbidden,

    /// <summary>Credentials are missing or wrong: 401.</summary>
    Unauthorized,

    /// <summary>Argosy does not do this (yet), and says so: 501.</summary>
    NotImplemented,

    /// <summary>A peer or a resource is not available now: 503.</summary>
    Unavailable,
}
