using System.Net.Sockets;
using System.Text;

namespace Argosy.Client.Tests;

/// <summary>A scripted peer on a unix socket: it takes one connection after the other, and answers each request with the next script.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string path = Path.Combine(Path.GetTempPath(), $"argosy-{Guid.NewGuid():N}.sock");
    private readonly Task serving;
    private readonly Queue<Func<string, NetworkStream, Task>> scripts = new();

    public FakeEngine()
    {
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        serving = ServeAsync();
    }

    public List<string> Requests { get; } = [];

    public EngineClient Connect(string? apiVersion = null) => new(EngineEndpoint.Parse("unix://" + path), apiVersion);

    public FakeEngine Answer(string status, string body, string headers = "") =>
        Answer((_, stream) => WriteAsync(stream, $"HTTP/1.1 {status}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}"));

    public FakeEngine Answer(Func<string, NetworkStream, Task> script)
    {
        scripts.Enqueue(script);
        return this;
    }

    public static async Task WriteAsync(NetworkStream stream, string text) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text));

    public async ValueTask DisposeAsync()
    {
        listener.Dispose();
        await serving;
        File.Delete(path);
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
                await ServeAsync(await listener.AcceptAsync());
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        while (scripts.Count > 0 && await ReadHeadAsync(stream) is { } head)
        {
            lock (Requests)
                Requests.Add(head.Split("\r\n")[0]);
            await scripts.Dequeue()(head, stream);
        }
    }

    /// <summary>The head, with the body behind it when it has a length.</summary>
    private static async Task<string?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new List<byte>();
        byte[] one = new byte[1];
        while (!Encoding.ASCII.GetString([.. head]).EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one) == 0)
                return null;
            head.Add(one[0]);
        }
        string text = Encoding.ASCII.GetString([.. head]);
        string? line = text.Split("\r\n").FirstOrDefault(header => header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        byte[] body = new byte[line is null ? 0 : int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body);
        return text + Encoding.UTF8.GetString(body);
    }
}
