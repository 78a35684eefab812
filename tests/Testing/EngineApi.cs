using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Argosy.Testing;

/// <summary>
/// The Engine API as a foreign program sees it: plain HTTP over the socket and JSON as it is on the wire, so that a mistake which
/// our own client and our own server share cannot hide.
/// </summary>
public sealed class EngineApi(string socket) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://engine/v1.47/"),
        Timeout = TimeSpan.FromSeconds(90),
    };

    /// <summary>The unix socket.</summary>
    public string Socket => socket;

    /// <summary>Sends a request; any status is an answer.</summary>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using HttpRequestMessage request = new(method, path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.SendAsync(request);
        return new ApiAnswer($"{method} {path}", (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>GET; throws unless the answer is a success.</summary>
    public async Task<JsonNode> GetAsync(string path) => (await SendAsync(HttpMethod.Get, path)).Succeeded().Json;

    /// <summary>POST; throws unless the answer is a success.</summary>
    public async Task<ApiAnswer> PostAsync(string path, JsonNode? body = null) => (await SendAsync(HttpMethod.Post, path, body)).Succeeded();

    /// <summary>DELETE; throws unless the answer is a success.</summary>
    public async Task DeleteAsync(string path) => (await SendAsync(HttpMethod.Delete, path)).Succeeded();

    /// <summary>GET of a stream that goes on: logs --follow, events.</summary>
    public async Task<Stream> OpenAsync(string path)
    {
        HttpResponseMessage response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStreamAsync();
    }

    /// <summary>POST or PUT of a body that is no JSON; gives the answer's text.</summary>
    public async Task<string> UploadAsync(HttpMethod method, string path, Stream content) => (await TryUploadAsync(method, path, content)).Succeeded().Text;

    /// <summary>As <see cref="UploadAsync"/>; an error is an answer too.</summary>
    public async Task<ApiAnswer> TryUploadAsync(HttpMethod method, string path, Stream content, (string Name, string Value)? header = null)
    {
        using HttpRequestMessage request = new(method, path) { Content = new StreamContent(content) };
        if (header is { } given)
            request.Headers.Add(given.Name, given.Value);
        request.Content.Headers.ContentType = new("application/x-tar");
        using HttpResponseMessage response = await http.SendAsync(request);
        return new ApiAnswer($"{method} {path}", (int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>POST that takes the connection over: attach, exec start.</summary>
    public Task<HijackedConnection> HijackAsync(string path, JsonNode? body = null) => HijackedConnection.OpenAsync(socket, "/v1.47/" + path, body);

    /// <summary>Imports the busybox image of <see cref="TestImages"/> as busybox:latest.</summary>
    public async Task ImportBusyboxAsync()
    {
        await using FileStream tar = File.OpenRead(await TestImages.BusyboxTarAsync());
        string answer = await UploadAsync(HttpMethod.Post, "images/create?fromSrc=-&repo=busybox&tag=latest", tar);
        if (!answer.Contains("sha256:", StringComparison.Ordinal))
            throw new InvalidOperationException($"import: {answer}");
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();
}
