using System.Net.Sockets;
using System.Security.Authentication;

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
        _ when TlsAlert(exception) is { } alert => $"remote error: tls: {alert}",
        _ when exception.InnerException is AuthenticationException refused => Tls(refused, address),
        _ => exception.InnerException?.Message ?? exception.Message,
    };

    /// <summary>
    /// What the other side says that it dislikes about our side of TLS (a certificate that we lack); null when it is something else.
    /// .NET hides it in the innermost message, which is OpenSSL's: <c>…:SSL routines::tlsv13 alert certificate required</c>.
    /// </summary>
    internal static string? TlsAlert(Exception exception)
    {
        string text = exception.GetBaseException().Message;
        int alert = text.Contains("SSL routines", StringComparison.Ordinal) ? text.IndexOf(" alert ", StringComparison.Ordinal) : -1;
        return alert < 0 ? null : text[(alert + " alert ".Length)..];
    }

    private static string Tls(AuthenticationException refused, Uri address) => refused.Message switch
    {
        var text when text.Contains("NameMismatch", StringComparison.Ordinal) => $"tls: failed to verify certificate: x509: certificate is not valid for {address.Host}",
        var text when text.Contains("NotTimeValid", StringComparison.Ordinal) => "tls: failed to verify certificate: x509: certificate has expired or is not yet valid",
        var text when text.Contains("UntrustedRoot", StringComparison.Ordinal) || text.Contains("PartialChain", StringComparison.Ordinal)
            || text.Contains("RemoteCertificate", StringComparison.Ordinal) || text.Contains("user-provided", StringComparison.Ordinal) => "tls: failed to verify certificate: x509: certificate signed by unknown authority",
        var text when text.Contains("frame", StringComparison.Ordinal) => "http: server gave HTTP response to HTTPS client",
        var text => $"tls: {text}",
    };
}
