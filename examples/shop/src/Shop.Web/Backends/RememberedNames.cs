using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Shop.Web.Backends;

/// <summary>
/// Connects by name, and remembers the addresses: when the name server does not answer, the last answer is used.
/// The name server is part of the engine, and the shop stays open while the engine restarts.
/// </summary>
internal sealed class RememberedNames
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, IPAddress[]> known = new(StringComparer.Ordinal);

    /// <summary>The handler's <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    internal async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Patience);
        try
        {
            return known[host] = await Dns.GetHostAddressesAsync(host, timeout.Token);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return known.TryGetValue(host, out var addresses) ? addresses : throw new HttpRequestException($"the name {host} is not known", error);
        }
    }
}
