using System.Net.WebSockets;

namespace Argosy.Api.Http.Hijack;

/// <summary>A WebSocket as a stream of bytes: stdout and stderr are one, and a message's borders mean nothing.</summary>
/// <param name="socket">The accepted socket.</param>
/// <param name="messages">Text before API 1.28, binary since (golang.org/x/net/websocket's PayloadType in dockerd).</param>
internal sealed class RawWebSocket(WebSocket socket, WebSocketMessageType messages) : IRawStream
{
    private static readonly TimeSpan GoodbyePatience = TimeSpan.FromSeconds(1);
    private Task receiving = Task.CompletedTask;

    /// <inheritdoc/>
    public bool IsFramed => false;

    /// <inheritdoc/>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            // A cancelled receive would abort the socket, with the output that is still on its way: the wait is cancelled, not the receive.
            Task<ValueWebSocketReceiveResult> piece = socket.ReceiveAsync(buffer, CancellationToken.None).AsTask();
            receiving = piece;
            ValueWebSocketReceiveResult result = await piece.WaitAsync(cancellationToken);
            if (result.MessageType == WebSocketMessageType.Close)
                return 0;
            if (result.Count > 0)
                return result.Count;
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        socket.SendAsync(bytes, messages, endOfMessage: true, cancellationToken);

    /// <summary>Says goodbye and hears the client's for a moment; a client that has gone first is none to say it to.</summary>
    internal async Task CloseAsync()
    {
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            await receiving.WaitAsync(GoodbyePatience);
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or ObjectDisposedException or TimeoutException or OperationCanceledException)
        {
        }
    }
}
