using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class WebSocketTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task A_browser_attaches_and_gets_plain_bytes_until_the_process_ends()
    {
        string id = await api.RunAsync(Containers.Script("read line; echo got $line; echo problem >&2").With("OpenStdin", true));
        using ClientWebSocket socket = await ConnectAsync($"/v1.47/containers/{id}/attach/ws?stream=1&stdin=1&stdout=1&stderr=1");
        await socket.SendAsync(Encoding.UTF8.GetBytes("words\n"), WebSocketMessageType.Text, true, CancellationToken.None);
        (string text, WebSocketMessageType type) = await ReadToEndAsync(socket);
        Assert.Equal(WebSocketMessageType.Binary, type);
        Assert.Contains("got words\n", text, StringComparison.Ordinal);
        Assert.Contains("problem\n", text, StringComparison.Ordinal);
        Assert.Equal(0, await api.WaitAsync(id));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task The_detach_keys_close_the_socket_and_leave_the_container()
    {
        string id = await api.RunAsync(Containers.Busybox("cat").With("OpenStdin", true).With("Tty", true));
        using ClientWebSocket socket = await ConnectAsync($"/v1.47/containers/{id}/attach/ws?stream=1&stdin=1&stdout=1&detachKeys=q");
        await socket.SendAsync(Encoding.UTF8.GetBytes("q"), WebSocketMessageType.Binary, true, CancellationToken.None);
        await ReadToEndAsync(socket);
        Assert.Equal("running", await api.StatusAsync(id));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_plain_request_is_refused()
    {
        string id = await api.CreateAsync(Containers.Busybox("true"));
        Assert.Equal(400, (await api.SendAsync(HttpMethod.Get, $"containers/{id}/attach/ws?stream=1")).Status);
        await api.RemoveAsync(id);
    }

    private async Task<ClientWebSocket> ConnectAsync(string path)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await connection.ConnectAsync(new UnixDomainSocketEndPoint(api.Socket), cancellationToken);
                return new NetworkStream(connection, ownsSocket: true);
            },
        };
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri("ws://engine" + path), new HttpMessageInvoker(handler), CancellationToken.None);
        return socket;
    }

    private static async Task<(string Text, WebSocketMessageType Type)> ReadToEndAsync(ClientWebSocket socket)
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var text = new StringBuilder();
        var type = WebSocketMessageType.Close;
        byte[] buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, cancel.Token) is { MessageType: not WebSocketMessageType.Close } piece)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, piece.Count));
            type = piece.MessageType;
        }
        return (text.ToString(), type);
    }
}
