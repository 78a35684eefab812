using System.Net;

namespace Argosy.Registry;

/// <summary>Sends requests of one session: with its authorization, again after a challenge, and again after what passes.</summary>
internal sealed class Requester(HttpClient http, Authenticator authenticator, RetryPolicy retries) : IDisposable
{
    internal Authenticator Authenticator => authenticator;

    internal RetryPolicy Retries => retries;

    /// <summary>Sends a request that may be repeated; the answer's body is not read yet.</summary>
    /// <param name="make">Makes the request anew for every attempt.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RegistryException"><see cref="RegistryError.Unreachable"/> after all retries.</exception>
    internal Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken) =>
        retries.SendAsync(make, token => SendOnceAsync(make, token), cancellationToken);

    /// <summary>Sends a request once, or twice when the registry challenges.</summary>
    internal async Task<HttpResponseMessage> SendOnceAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        HttpResponseMessage response = await AttemptAsync(make, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !await authenticator.AnswerAsync(response, cancellationToken))
            return response;
        response.Dispose();
        return await AttemptAsync(make, cancellationToken);
    }

    public void Dispose() => authenticator.Dispose();

    private async Task<HttpResponseMessage> AttemptAsync(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        HttpRequestMessage request = make();
        request.Headers.Authorization ??= await authenticator.HeaderAsync(cancellationToken);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }
}
