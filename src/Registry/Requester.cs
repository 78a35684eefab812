using System.Net;

namespace Argosy.Registry;

/// <summary>Sends requests of one session: with its authorization, again after a challenge, and again after what passes.</summary>
internal sealed class Requester(HttpClient http, Authenticator authenticator, RegistryOptions options, TimeProvider clock) : IDisposable
{
    internal Authenticator Authenticator => authenticator;

    internal TimeProvider Clock => clock;

    /// <summary>Sends a request that may be repeated; the answer's body is not read yet.</summary>
    /// <param name="make">Makes the request anew for every attempt.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException"><see cref="RegistryError.Unreachable"/> after all retries.</exception>
    internal async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            HttpResponseMessage? response = null;
            try
            {
                response = await SendOnceAsync(make, cancellationToken);
                if (!IsTransient(response.StatusCode) || attempt > options.Retries)
                    return response;
            }
            catch (HttpRequestException exception) when (attempt > options.Retries || IsFinal(exception))
            {
                throw new RegistryException(RegistryError.Unreachable, Describe(make, exception), exception);
            }
            catch (HttpRequestException)
            {
                // Tried again below.
            }
            TimeSpan delay = Backoff(attempt, response);
            response?.Dispose();
            await Task.Delay(delay, clock, cancellationToken);
        }
    }

    /// <summary>Sends a request once, or twice when the registry challenges.</summary>
    internal async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await AttemptAsync(make, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !await authenticator.AnswerAsync(response, cancellationToken))
            return response;
        response.Dispose();
        return await AttemptAsync(make, cancellationToken);
    }

    internal static TimeSpan Backoff(int attempt, HttpResponseMessage? response)
    {
        if (response?.Headers.RetryAfter?.Delta is { } asked)
            return asked < TimeSpan.FromMinutes(1) ? asked : TimeSpan.FromMinutes(1);
        return TimeSpan.FromMilliseconds(250 * Math.Pow(2, attempt - 1));
    }

    public void Dispose() => authenticator.Dispose();

    private async Task<HttpResponseMessage> AttemptAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        HttpRequestMessage request = make();
        request.Headers.Authorization ??= await authenticator.HeaderAsync(cancellationToken);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private static bool IsTransient(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>Nobody listens, the name is unknown, or the certificate is wrong: asking again changes nothing.</summary>
    private static bool IsFinal(HttpRequestException exception) => exception.HttpRequestError is HttpRequestError.ConnectionError
        or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static string Describe(Func<HttpRequestMessage> make, HttpRequestException exception)
    {
        using HttpRequestMessage request = make();
        return GoErrors.Prefix(request) + GoErrors.Text(exception, request.RequestUri!);
    }
}
