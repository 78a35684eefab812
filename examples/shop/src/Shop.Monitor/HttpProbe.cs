using System.Net;

namespace Shop.Monitor;

/// <summary>Asks a service's /healthz.</summary>
internal sealed class HttpProbe : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(30), UseProxy = false });

    /// <summary>What is wrong; null when it is well.</summary>
    internal async Task<string?> AskAsync(IPEndPoint endpoint, string path, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(new Uri($"http://{endpoint}{path}"), cancellationToken);
        return answer.IsSuccessStatusCode ? null : (await answer.Content.ReadAsStringAsync(cancellationToken)).Trim();
    }

    public void Dispose() => client.Dispose();
}
