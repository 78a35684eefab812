using System.Net;
using System.Net.Sockets;

namespace Shop.Common.Hosting;

/// <summary>
/// Asks the service in this container how it is: the image's health check, without curl.
/// A bare socket, because a probe runs every few seconds and must cost little.
/// </summary>
internal static class HealthProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>0 when /healthz answers 200, otherwise 1; what it says goes to standard output.</summary>
    internal static async Task<int> RunAsync(int port)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            string answer = await AskAsync(port, timeout.Token);
            Console.Out.WriteLine(answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Trim());
            return answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) ? 0 : 1;
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            Console.Out.WriteLine(error.Message);
            return 1;
        }
    }

    private static async Task<string> AskAsync(int port, CancellationToken cancellationToken)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync("GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n"u8.ToArray(), cancellationToken);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
