using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Argosy.Client.Transport;

/// <summary>What the resource clients share: the version prefix, JSON both ways, lines, streams and hijacking.</summary>
internal sealed class EngineTransport(EngineEndpoint endpoint, ApiVersionChoice version) : IDisposable
{
    private readonly Connector connector = new(endpoint);
    private readonly HttpTransport http = new(new Connector(endpoint));

    public EngineEndpoint Endpoint => endpoint;

    /// <summary>The version in use, such as "1.51".</summary>
    public string Version => version.Current;

    /// <summary>Sends a request without a body, or with a JSON body, and reads nothing but its success.</summary>
    public async Task<HttpStatusCode> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken, Func<HttpContent>? content = null)
    {
        using HttpResponseMessage response = await RequestAsync(method, path, content, null, cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Reads one JSON document.</summary>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        using HttpResponseMessage response = await RequestAsync(HttpMethod.Get, path, null, null, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>Reads one JSON document that may be null, as Go writes an empty list.</summary>
    public async Task<T?> GetOrNullAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        using HttpResponseMessage response = await RequestAsync(HttpMethod.Get, path, null, null, cancellationToken);
        return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), type);
    }

    /// <summary>Reads one JSON document as the engine wrote it.</summary>
    public async Task<JsonDocument> DocumentAsync(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await RequestAsync(HttpMethod.Get, path, null, null, cancellationToken);
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    /// <summary>Posts, and reads one JSON document.</summary>
    public async Task<T> PostAsync<T>(
        string path, JsonTypeInfo<T> type, CancellationToken cancellationToken, Func<HttpContent>? content = null, IReadOnlyDictionary<string, string>? headers = null) where T : class
    {
        using HttpResponseMessage response = await RequestAsync(HttpMethod.Post, path, content, headers, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>Deletes, and reads one JSON document.</summary>
    public async Task<T> DeleteAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        using HttpResponseMessage response = await RequestAsync(HttpMethod.Delete, path, null, null, cancellationToken);
        return await ReadAsync(response, type, cancellationToken);
    }

    /// <summary>The answer's head; the caller disposes it and reads its body.</summary>
    public async Task<HttpResponseMessage> RequestAsync(
        HttpMethod method, string path, Func<HttpContent>? content, IReadOnlyDictionary<string, string>? headers, CancellationToken cancellationToken)
    {
        string before = version.Current;
        try
        {
            return await http.SendAsync(method, version.Prefix + path, content?.Invoke(), headers, cancellationToken);
        }
        catch (ApiException refusal) when (version.MustNegotiate(refusal, method))
        {
            await NegotiateAsync(cancellationToken);
            if (version.Current == before)
                throw;
            return await http.SendAsync(method, version.Prefix + path, content?.Invoke(), headers, cancellationToken);
        }
    }

    /// <summary>Opens a raw two-way stream.</summary>
    public Task<HijackedStream> HijackAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        new Hijacker(connector).PostAsync(version.Prefix + path, body, cancellationToken);

    /// <summary>A response's body as a stream that ends the response when it is disposed.</summary>
    public async Task<Stream> StreamAsync(
        HttpMethod method, string path, CancellationToken cancellationToken, Func<HttpContent>? content = null, IReadOnlyDictionary<string, string>? headers = null)
    {
        HttpResponseMessage response = await RequestAsync(method, path, content, headers, cancellationToken);
        return new ResponseStream(response, await response.Content.ReadAsStreamAsync(cancellationToken));
    }

    /// <summary>Asks the engine for its version; needed before a body is sent that cannot be sent twice.</summary>
    public async Task NegotiateAsync(CancellationToken cancellationToken)
    {
        if (version.IsSettled)
            return;
        using HttpResponseMessage response = await http.SendAsync(HttpMethod.Get, "/_ping", null, null, cancellationToken);
        version.Settle(response.Headers.TryGetValues("Api-Version", out IEnumerable<string>? values) ? values.First() : null);
    }

    public static Func<HttpContent> Json<T>(T value, JsonTypeInfo<T> type) => () =>
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    };

    public static Func<HttpContent> Tar(Stream archive) => () =>
    {
        var content = new StreamContent(archive, 64 * 1024);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-tar");
        return content;
    };

    public void Dispose() => http.Dispose();

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken) where T : class
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return JsonSerializer.Deserialize(body, type) ?? throw new IOException("the engine answered null");
    }
}
