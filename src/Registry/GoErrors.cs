using System.Net.Sockets;

namespace Argosy.Registry;

/// <summary>Says what went wrong below HTTP as Docker does, whose texts are those of Go's net/http: people and scripts look for them.</summary>
internal static class GoErrors
{
    /// <summary><c>Get "https://…": </c>; empty without a request.</summary>
    internal static string Prefix(HttpRequestMessage? request)
    {
        if (request is null)
            return "";
        string method = request.Method.Method;
        return $"{method[..1]}{method[1..].ToLowerInvariant()} \"{request.RequestUri}\": ";
    }

    /// <summary>Why a request got no answer.</summary>
    internal static string Text(HttpRequestException exception, Uri address) => (exception.InnerException as SocketException)?.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => $"dial tcp {address.Host}:{address.Port}: connect: connection refused",
        SocketError.HostNotFound or SocketError.NoData => $"dial tcp: lookup {address.Host}: no such host",
        _ => exception.InnerException?.Message ?? exception.Message,
    };
}
