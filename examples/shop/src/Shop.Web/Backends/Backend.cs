using System.Net;
using System.Text.Json.Serialization.Metadata;

namespace Shop.Web.Backends;

/// <summary>Calls to one service: a time limit, a second try, and one kind of failure.</summary>
internal sealed class Backend(string name, HttpClient http, TimeProvider time)
{
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Sends a request that may be sent twice; it is made anew for every try.</summary>
    /// <exception cref="BackendAwayException">No try was answered with anything but a server error.</exception>
    internal async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            bool last = attempt == Attempts;
            if (await TrySendAsync(request(), last, cancellationToken) is { } answer)
                return answer;
            await Task.Delay(Pause * attempt, time, cancellationToken);
        }
    }

    /// <summary>Reads one thing; null when there is no such thing.</summary>
    internal async Task<T?> GetAsync<T>(string path, JsonTypeInfo<T> json, CancellationToken cancellationToken) where T : class
    {
        using var answer = await SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        return await ReadAsync(answer, json, cancellationToken);
    }

    /// <summary>Reads the answer's body.</summary>
    internal async Task<T> ReadAsync<T>(HttpResponseMessage answer, JsonTypeInfo<T> json, CancellationToken cancellationToken) where T : class
    {
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Conflict or HttpStatusCode.BadRequest))
            throw new BackendAwayException(name, new HttpRequestException($"{name} answered {(int)answer.StatusCode}"));
        return await answer.Content.ReadFromJsonAsync(json, cancellationToken)
            ?? throw new BackendAwayException(name, new HttpRequestException($"{name} answered null"));
    }

    private async Task<HttpResponseMessage?> TrySendAsync(HttpRequestMessage request, bool last, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await http.SendAsync(request, cancellationToken);
            if ((int)answer.StatusCode < 500)
                return answer;
            answer.Dispose();
            return last ? throw new BackendAwayException(name) : null;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return last ? throw new BackendAwayException(name, error) : null;
        }
    }
}
