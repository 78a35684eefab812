using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Argosy.Bench;

/// <summary>The few calls of the Docker Engine API that are measured, the same for every engine (API 1.41: the oldest dockerd here).</summary>
internal sealed class DockerEngine(string socket) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { ConnectCallback = async (_, cancellationToken) => await ConnectAsync(socket, cancellationToken) })
    {
        BaseAddress = new Uri("http://engine/v1.41/"),
        Timeout = TimeSpan.FromMinutes(2),
    };

    private readonly byte[] buffer = new byte[1 << 20];

    internal Task<string> CreateAsync(string? name, params string[] command) => CreateAsync(name, [], command);

    /// <param name="ports">The host's ports by the container's, as the API has them in PortBindings.</param>
    internal async Task<string> CreateAsync(string? name, JsonObject ports, params string[] command)
    {
        var body = new JsonObject
        {
            ["Image"] = "busybox",
            ["Cmd"] = new JsonArray([.. command.Select(word => (JsonNode)word)]),
            ["ExposedPorts"] = new JsonObject(ports.Select(port => KeyValuePair.Create<string, JsonNode?>(port.Key, new JsonObject()))),
            ["HostConfig"] = new JsonObject { ["PortBindings"] = ports },
        };
        return (string)(await PostAsync("containers/create" + (name is null ? "" : "?name=" + name), body))["Id"]!;
    }

    internal Task StartAsync(string container) => PostAsync($"containers/{container}/start");

    internal async Task RemoveAsync(string container) =>
        (await http.DeleteAsync(new Uri($"containers/{container}?force=1", UriKind.Relative))).EnsureSuccessStatusCode().Dispose();

    internal async Task CycleAsync()
    {
        string id = await CreateAsync(null, "true");
        await StartAsync(id);
        JsonNode end = await PostAsync($"containers/{id}/wait");
        if ((int)end["StatusCode"]! != 0)
            throw new InvalidOperationException(end.ToJsonString());
        await RemoveAsync(id);
    }

    /// <summary>Reads the answer and throws it away.</summary>
    internal async Task ListAsync()
    {
        using HttpResponseMessage answer = await http.GetAsync(new Uri("containers/json?all=1", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
        while (await body.ReadAsync(buffer) > 0)
        {
        }
    }

    /// <summary>Without attaching: start answers when the process runs, and the end is asked for.</summary>
    internal async Task ExecAsync(string container)
    {
        string exec = (string)(await PostAsync($"containers/{container}/exec", new JsonObject { ["Cmd"] = new JsonArray("true") }))["Id"]!;
        await PostAsync($"exec/{exec}/start", new JsonObject { ["Detach"] = true });
        while ((bool)JsonNode.Parse(await http.GetStringAsync(new Uri($"exec/{exec}/json", UriKind.Relative)))!["Running"]!)
            await Task.Yield();
    }

    internal Task CreateNetworkAsync() => PostAsync("networks/create", new JsonObject { ["Name"] = "load-network", ["CheckDuplicate"] = true });

    internal async Task RemoveNetworkAsync() => (await http.DeleteAsync(new Uri("networks/load-network", UriKind.Relative))).EnsureSuccessStatusCode().Dispose();

    internal Task ConnectAsync(string network, string container) => PostAsync($"networks/{network}/connect", new JsonObject { ["Container"] = container });

    internal Task DisconnectAsync(string network, string container) => PostAsync($"networks/{network}/disconnect", new JsonObject { ["Container"] = container });

    internal async Task<bool> AnswersAsync()
    {
        try
        {
            await ListAsync();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonNode> PostAsync(string path, JsonNode? body = null)
    {
        using HttpContent? content = body is null ? null : JsonContent.Create(body);
        using HttpResponseMessage answer = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        string text = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode)
            throw new HttpRequestException($"{path}: {(int)answer.StatusCode} {text}");
        return text.Length > 0 && text[0] == '{' ? JsonNode.Parse(text)! : new JsonObject();
    }

    private static async Task<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await connection.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        return new NetworkStream(connection, ownsSocket: true);
    }
}
