using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Argosy.Testing;

/// <summary>A connection that attach or exec took over: raw bytes in, and out either raw (tty) or as Docker's frames.</summary>
public sealed class HijackedConnection : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly NetworkStream stream;

    private HijackedConnection(Socket socket, string head)
    {
        (this.socket, Head) = (socket, head);
        stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Status line and headers of the answer.</summary>
    public string Head { get; }

    internal static async Task<HijackedConnection> OpenAsync(string path, string target, JsonNode? body)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path));
        byte[] content = Encoding.UTF8.GetBytes(body?.ToJsonString() ?? "");
        string head = string.Create(CultureInfo.InvariantCulture,
            $"POST {target} HTTP/1.1\r\nHost: engine\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Type: application/json\r\nContent-Length: {content.Length}\r\n\r\n");
        await socket.SendAsync(Encoding.ASCII.GetBytes(head));
        if (content.Length > 0)
            await socket.SendAsync(content);
        string answer = await ReadHeadAsync(socket);
        if (answer.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
            return new HijackedConnection(socket, answer);
        socket.Dispose();
        throw answer.Length == 0 ? new IOException($"{target}: the connection ended") : new InvalidOperationException($"{target}: {answer}");
    }

    /// <summary>Sends bytes to the process.</summary>
    public Task WriteAsync(ReadOnlyMemory<byte> bytes) => stream.WriteAsync(bytes).AsTask();

    /// <summary>Sends text to the process.</summary>
    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Ends the process' standard input; its output still comes.</summary>
    public void CloseInput() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>All output to its end, as it is: of a container with a terminal.</summary>
    public async Task<byte[]> ReadRawAsync(TimeSpan? timeout = null)
    {
        using var cancel = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(30));
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, cancel.Token);
        return all.ToArray();
    }

    /// <summary>All output to its end, taken out of Docker's frames.</summary>
    public async Task<(byte[] Output, byte[] Error)> ReadFramesAsync(TimeSpan? timeout = null)
    {
        using var cancel = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(30));
        return await Frames.ReadAsync(stream, cancel.Token);
    }

    /// <summary>The next bytes, of a terminal; empty at the end.</summary>
    public async Task<string> ReadSomeAsync(TimeSpan? timeout = null)
    {
        using var cancel = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(30));
        byte[] buffer = new byte[64 * 1024];
        int count = await stream.ReadAsync(buffer, cancel.Token);
        return Encoding.UTF8.GetString(buffer, 0, count);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private static async Task<string> ReadHeadAsync(Socket socket)
    {
        var head = new StringBuilder();
        byte[] one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await socket.ReceiveAsync(one) == 0)
                break;
            head.Append((char)one[0]);
        }
        return head.ToString();
    }
}
