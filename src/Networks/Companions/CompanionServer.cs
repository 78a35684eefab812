using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Networks.Companions;

/// <summary>
/// A companion's ear: does what the daemon says, in its order. The daemon may go and come back; what it said last holds. The connection
/// made last is the daemon's.
/// </summary>
internal abstract class CompanionServer<TRequest, TAnswer>(CompanionProtocol<TRequest, TAnswer> protocol, ControlSocket socket, ILogger logger)
    where TRequest : CompanionRequest
    where TAnswer : CompanionAnswer
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MessageStream? daemon;

    /// <summary>Whether a daemon is connected.</summary>
    internal bool HasDaemon => Volatile.Read(ref daemon) is not null;

    /// <summary>Whether the daemon said that it is over.</summary>
    internal bool WasEnded => ended.Task.IsCompleted;

    /// <summary>Listens until the daemon says that it is over, or <paramref name="cancellationToken"/> does.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task accepting = AcceptAsync(ending.Token);
        await Task.WhenAny(ended.Task, accepting);
        await ending.CancelAsync();
        await accepting;
    }

    /// <summary>Does it, and says so.</summary>
    /// <param name="request">What the daemon wants.</param>
    /// <param name="descriptors">Those that came with it; what is not taken is closed afterwards.</param>
    protected abstract Task<TAnswer> DoAsync(TRequest request, IReadOnlyList<SafeFileHandle> descriptors);

    /// <summary>A request that only a later version makes.</summary>
    protected static InvalidDataException Unknown(TRequest request) => new($"a request {request.GetType().Name}");

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        Task serving = Task.CompletedTask;
        try
        {
            while (true)
            {
                Socket connection = await socket.AcceptAsync(cancellationToken);
                Volatile.Read(ref daemon)?.Dispose();
                await serving;
                serving = ServeAsync(new MessageStream(connection), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
        await serving;
    }

    private async Task ServeAsync(MessageStream messages, CancellationToken cancellationToken)
    {
        Volatile.Write(ref daemon, messages);
        try
        {
            while (await messages.ReceiveAsync(cancellationToken) is { } message)
                await HandleAsync(messages, message);
        }
        catch (Exception exception) when (exception is SocketException or Linux.LinuxException or ObjectDisposedException or OperationCanceledException)
        {
            // The daemon died, or another one is here, or we end.
        }
        catch (Exception exception)
        {
            // A daemon that we do not understand finds out by the end of the connection.
            NetworksLog.MessageFailed(logger, exception);
        }
        finally
        {
            Volatile.Write(ref daemon, null);
            messages.Dispose();
        }
    }

    private async Task HandleAsync(MessageStream messages, Message message)
    {
        try
        {
            TRequest request = JsonSerializer.Deserialize(message.Json, protocol.Requests) ?? throw new InvalidDataException("an empty message");
            TAnswer answer = await DoAsync(request, message.Descriptors);
            if (request.Id != 0)
                messages.Send(JsonSerializer.SerializeToUtf8Bytes(answer, protocol.Answers));
            if (request.GetType() == protocol.End.GetType())
                ended.TrySetResult();
        }
        finally
        {
            foreach (SafeFileHandle descriptor in message.Descriptors)
                descriptor.Dispose();
        }
    }
}
