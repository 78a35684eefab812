using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Argosy.Linux.Processes;

namespace Argosy.Networks.Companions;

/// <summary>The daemon's end of a connection to a companion. Requests arrive in the order in which they are made.</summary>
internal sealed class CompanionConnection<TRequest, TAnswer> : IAsyncDisposable
    where TRequest : CompanionRequest
    where TAnswer : CompanionAnswer
{
    private const int SocketLevel = 1, PeerCredentials = 17, Kill = 9;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CompanionProtocol<TRequest, TAnswer> protocol;
    private readonly MessageStream messages;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<long, TaskCompletionSource<TAnswer>> waiting = new();
    private readonly Task reading;
    private long lastId;
    private volatile bool lost;

    private CompanionConnection(CompanionProtocol<TRequest, TAnswer> protocol, Socket socket, TimeProvider time)
    {
        (this.protocol, this.time) = (protocol, time);
        messages = new MessageStream(socket);
        ProcessId = PeerOf(socket);
        reading = ReadAsync();
    }

    /// <summary>The companion's process.</summary>
    internal int ProcessId { get; }

    /// <summary>Nothing comes from here any more.</summary>
    internal bool IsLost => lost;

    /// <summary>Done when the connection is lost. Never fails.</summary>
    internal Task Closed => reading;

    /// <summary>Null when nobody listens there.</summary>
    internal static async Task<CompanionConnection<TRequest, TAnswer>?> TryOpenAsync(CompanionProtocol<TRequest, TAnswer> protocol, string path, TimeProvider time, CancellationToken cancellationToken) =>
        await ControlSocket.TryConnectAsync(path, cancellationToken) is { } socket ? new CompanionConnection<TRequest, TAnswer>(protocol, socket, time) : null;

    /// <summary>The companion's version; null when it says nothing that we understand.</summary>
    internal async Task<string?> GreetAsync(string version, CancellationToken cancellationToken)
    {
        try
        {
            return (await Request(protocol.Hello(version)).WaitAsync(Patience, time, cancellationToken)).Version;
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Sends a request; the task is done when the companion has done it.</summary>
    /// <exception cref="IOException">Through the task: the connection was lost before the answer.</exception>
    internal Task<TAnswer> Request(TRequest request, params IReadOnlyList<SafeHandle> descriptors)
    {
        long id = Interlocked.Increment(ref lastId);
        var answered = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[id] = answered;
        Send(request with { Id = id }, descriptors);
        if (lost)
            Fail();
        return answered.Task;
    }

    /// <summary>Sends what needs no answer; on a lost connection nothing happens.</summary>
    internal void Send(TRequest request, params IReadOnlyList<SafeHandle> descriptors)
    {
        try
        {
            messages.Send(JsonSerializer.SerializeToUtf8Bytes(request, protocol.Requests), descriptors);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            Abandon();
        }
    }

    /// <summary>A companion that does not answer is as good as none.</summary>
    internal void Abandon()
    {
        lost = true;
        messages.Dispose();
    }

    /// <summary>Tells the companion to close everything and end; kills it when it does not. When this is done, its sockets are closed.</summary>
    internal async Task EndAsync()
    {
        bool known = ProcessIdentity.TryRead(ProcessId, out ProcessIdentity process);
        try
        {
            await Request(protocol.End).WaitAsync(Patience, time);
        }
        catch (Exception exception) when (exception is IOException or TimeoutException)
        {
            if (known && !lost && ProcessId != Environment.ProcessId && Signals.Send(process, Kill))
                await ProcessEnd.WaitAsync(process, Patience);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Abandon();
        await reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await messages.ReceiveAsync(CancellationToken.None) is { } message)
                if (JsonSerializer.Deserialize(message.Json, protocol.Answers) is { } answer && waiting.TryRemove(answer.Id, out var answered))
                    answered.TrySetResult(answer);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException or InvalidDataException or JsonException)
        {
            // However it ends, those who wait are told below.
        }
        Abandon();
        Fail();
    }

    private void Fail()
    {
        foreach (long id in waiting.Keys)
            if (waiting.TryRemove(id, out TaskCompletionSource<TAnswer>? answered))
                answered.TrySetException(new IOException($"the connection to the {protocol.Kind.Name} was lost"));
    }

    /// <summary>struct ucred (unix(7), SO_PEERCRED): the process that listened; pid first.</summary>
    private static int PeerOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        return BinaryPrimitives.ReadInt32LittleEndian(credentials);
    }
}
