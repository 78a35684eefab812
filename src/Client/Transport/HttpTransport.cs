using System.Net;
using System.Text.Json;
using Argosy.Contract.System;

namespace Argosy.Client.Transport;

/// <summary>Sends requests to the engine on kept-alive connections; what is no success becomes an <see cref="ApiException"/>.</summary>
internal sealed class HttpTransport : IDisposable
{
    private readonly Connector connector;
    private readonly HttpMessageInvoker invoker;

    public HttpTransport(Connector connector)
    {
        this.connector = connector;
        invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) => (await connector.ConnectAsync(cancellationToken)).Stream,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>The answer's head; the caller disposes it, and reads the body as it comes.</summary>
    /// <param name="path">Path and query, with the version prefix.</param>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, IReadOnlyDictionary<string, string>? headers, CancellationToken cancellationToken)
    {
        // The connection is made by the connector: the name is only what the Host header says.
        using var request = new HttpRequestMessage(method, "http://argosy" + path) { Content = content };
        foreach ((string name, string value) in headers ?? new Dictionary<string, string>())
            request.Headers.TryAddWithoutValidation(name, value);
        HttpResponseMessage response = await SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.NotModified)
            return response;
        using (response)
            throw await ErrorAsync(response, cancellationToken);
    }

    public void Dispose() => invoker.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await invoker.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException failure) when (failure.InnerException is EngineConnectionException connection)
        {
            throw connection;
        }
        catch (HttpRequestException failure)
        {
            throw new EngineConnectionException(connector.Endpoint, $"error during connect: {failure.Message}", failure);
        }
    }

    private static async Task<ApiException> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return new ApiException(response.StatusCode, ErrorText.Read(body, response.StatusCode));
    }
}
