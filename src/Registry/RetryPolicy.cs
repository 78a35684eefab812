using System.Net;
using System.Net.Http.Headers;

namespace Argosy.Registry;

/// <summary>Tries again what passes: broken connections, servers that are busy or starting, and registries that say when to come back.</summary>
internal sealed class RetryPolicy(RegistryOptions options, TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);

    /// <summary>Sends until there is an answer that stands; its body is not read yet.</summary>
    /// <param name="make">Makes the request, for messages.</param>
    /// <param name="send">Sends a new request.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException"><see cref="RegistryError.Unreachable"/> after all retries.</exception>
    internal async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make, Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            HttpResponseMessage? response = null;
            try
            {
                response = await send(cancellationToken);
                if (!IsTransient(response.StatusCode) || attempt > options.Retries || DelayAfter(attempt, response) > options.LongestWait)
                    return response;
            }
            catch (HttpRequestException exception) when (attempt > options.Retries || IsFinal(exception))
            {
                throw Unreachable(make, exception);
            }
            catch (HttpRequestException)
            {
                // Tried again below.
            }
            TimeSpan delay = DelayAfter(attempt, response);
            response?.Dispose();
            await Task.Delay(delay, clock, cancellationToken);
        }
    }

    /// <summary>Waits as long as an attempt that failed asks for.</summary>
    internal Task WaitAsync(int attempt, CancellationToken cancellationToken) => Task.Delay(DelayAfter(attempt, null), clock, cancellationToken);

    internal static RegistryException Unreachable(Func<HttpRequestMessage> make, HttpRequestException exception)
    {
        using HttpRequestMessage request = make();
        return new RegistryException(RegistryError.Unreachable, GoErrors.Prefix(request) + GoErrors.Text(exception, request.RequestUri!), exception);
    }

    /// <summary>Twice as long each time, or what the registry asks for, in seconds or as a date.</summary>
    private TimeSpan DelayAfter(int attempt, HttpResponseMessage? response)
    {
        RetryConditionHeaderValue? asked = response?.Headers.RetryAfter;
        TimeSpan delay = asked?.Delta ?? (asked?.Date is { } date ? date - clock.GetUtcNow() : First * Math.Pow(2, attempt - 1));
        return delay > TimeSpan.Zero ? delay : TimeSpan.Zero;
    }

    private static bool IsTransient(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>Nobody listens, the name is unknown, or the certificate is wrong: asking again changes nothing.</summary>
    private static bool IsFinal(HttpRequestException exception) => exception.HttpRequestError is HttpRequestError.ConnectionError
        or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        || GoErrors.TlsAlert(exception) is not null;
}
