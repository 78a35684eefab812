namespace Shop.Web.Backends;

/// <summary>The monitor, whose page the storefront hands on: it has no published port of its own.</summary>
internal sealed class MonitorClient(Backend backend)
{
    internal async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var answer = await backend.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }
}
