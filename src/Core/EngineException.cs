namespace Argosy.Core;

/// <summary>A failure with a class and a text for the user. The text is part of the contract: Docker's wording where Docker has one.</summary>
public sealed class EngineException(ErrorKind kind, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of failure it is; decides the HTTP status.</summary>
    public ErrorKind Kind { get; } = kind;

    /// <summary>A malformed or impossible request (400).</summary>
    public static EngineException Invalid(string message) => new(ErrorKind.InvalidArgument, message);

    /// <summary>A missing subject (404).</summary>
    public static EngineException NotFound(string message) => new(ErrorKind.NotFound, message);

    /// <summary>A state that forbids the operation (409).</summary>
    public static EngineException Conflict(string message) => new(ErrorKind.Conflict, message);

    /// <summary>Something Argosy does not do yet, named (501).</summary>
    public static EngineException NotImplemented(string message) => new(ErrorKind.NotImplemented, message);
}
