using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks.Relay;

/// <summary>A TCP port: accepts clients and hands them on.</summary>
internal sealed class StreamRelay : IRelayed
{
    /// <summary>How long it waits when there is no descriptor for the next client: some other connection must end first.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Socket listener;
    private readonly StreamConnections connections;
    private readonly ILogger logger;
    private volatile RelayPort port;
    private volatile bool closed;

    internal StreamRelay(Socket listener, RelayPort port, StreamConnections connections, ILogger logger)
    {
        (this.listener, this.port, this.connections, this.logger) = (listener, port, connections, logger);
        _ = AcceptAsync();
    }

    /// <inheritdoc/>
    public RelayPort Port
    {
        get => port;
        set => port = value;
    }

    /// <inheritdoc/>
    public void Sweep()
    {
        // Connections end by themselves.
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        closed = true;
        listener.Dispose();
    }

    /// <summary>Never fails, and ends with the listener.</summary>
    private async Task AcceptAsync()
    {
        while (!closed)
        {
            try
            {
                connections.Carry(await listener.AcceptAsync(), port);
            }
            catch (Exception exception) when (closed && exception is SocketException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // The client went before it was accepted.
            }
            catch (SocketException exception)
            {
                NetworksLog.AcceptFailed(logger, exception);
                await Task.Delay(Pause);
            }
        }
    }
}
