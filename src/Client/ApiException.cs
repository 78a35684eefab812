using System.Net;

namespace Argosy.Client;

/// <summary>The engine refused a request. The message is the engine's own, meant for the user.</summary>
public sealed class ApiException(HttpStatusCode statusCode, string message) : Exception(message)
{
    /// <summary>The HTTP status: 404 no such object, 409 its state forbids it, 400 the request is wrong, 501 not implemented.</summary>
    public HttpStatusCode StatusCode { get; } = statusCode;
}
