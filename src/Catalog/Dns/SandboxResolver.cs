using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Argosy.Linux.Namespaces;
using Argosy.Linux.Sockets;
using Argosy.Networks;
using Microsoft.Extensions.Logging;

namespace Argosy.Catalog.Dns;

/// <summary>
/// The name server of one container: sockets at 127.0.0.11:53 that were opened inside its network namespace and are served from here.
/// </summary>
internal sealed class SandboxResolver : IAsyncDisposable
{
    internal static readonly IPAddress Address = new([127, 0, 0, 11]);
    private const int Port = 53, MaxForwarded = 100, MaxConnections = 32, MaxMessage = 65535;
    private static readonly TimeSpan StreamPatience = TimeSpan.FromSeconds(10);

    private readonly LocalNames names;
    private readonly UpstreamServers upstream;
    private readonly DnsForwarder forwarder;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Socket datagrams;
    private readonly Socket listener;
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentDictionary<Task, bool> work = new();
    private readonly AnswerCache answers = new();
    private readonly IDisposable answering;
    private readonly Task accepting;
    private Sandbox sandbox;
    private uint rotation;
    private int forwarded;
    private int connections;

    private SandboxResolver(Sandbox sandbox, (Socket Datagrams, Socket Listener) sockets, DatagramLoop loop, LocalNames names, UpstreamServers upstream, DnsForwarder forwarder, TimeProvider time, ILogger logger)
    {
        (this.sandbox, (datagrams, listener)) = (sandbox, sockets);
        (this.names, this.upstream, this.forwarder, this.time, this.logger) = (names, upstream, forwarder, time, logger);
        answering = loop.Serve(datagrams, AnswerAll);
        accepting = AcceptAsync();
    }

    /// <summary>Opens the sockets and serves them.</summary>
    /// <exception cref="SocketException">The container has something of its own at that port.</exception>
    internal static SandboxResolver Open(Sandbox sandbox, DatagramLoop loop, LocalNames names, UpstreamServers upstream, DnsForwarder forwarder, TimeProvider time, ILogger logger) =>
        new(sandbox, NetworkNamespace.Run(sandbox.NamespacePath, OpenSockets), loop, names, upstream, forwarder, time, logger);

    /// <summary>Where the container's network namespace is mounted.</summary>
    internal string NamespacePath => Volatile.Read(ref sandbox).NamespacePath;

    /// <summary>The container's networks changed. False when it has another namespace now: these sockets are not in it.</summary>
    internal bool TryUpdate(Sandbox changed)
    {
        bool same = changed.NamespacePath == NamespacePath;
        if (same)
            Volatile.Write(ref sandbox, changed);
        return same;
    }

    /// <summary>Closes the sockets and waits until nothing uses the namespace any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        answering.Dispose();
        datagrams.Dispose();
        listener.Dispose();
        await Task.WhenAll([accepting, .. work.Keys]);
        closing.Dispose();
    }

    private static (Socket, Socket) OpenSockets()
    {
        var datagrams = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            datagrams.Bind(new IPEndPoint(Address, Port));
            listener.Bind(new IPEndPoint(Address, Port));
            listener.Listen();
            return (datagrams, listener);
        }
        catch
        {
            datagrams.Dispose();
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Runs on the loop's thread: what takes time goes elsewhere.</summary>
    private void AnswerAll(DatagramBatch batch)
    {
        Sandbox asking = Volatile.Read(ref sandbox);
        answers.Renew(names.Version, asking);
        for (int index = 0; index < batch.Count; index++)
        {
            ReadOnlySpan<byte> question = batch.Received(index);
            if (question.Length < DnsQuery.HeaderSize)
                continue;
            try
            {
                int length = Answer(asking, question, batch.Reply(index));
                if (length > 0)
                    batch.Answer(index, length);
                else
                    Forward(question.ToArray(), batch.Sender(index));
            }
            catch (Exception exception)
            {
                CatalogLog.QuestionFailed(logger, asking.Container.Value, exception);
            }
        }
    }

    private void Forward(byte[] question, SocketAddress client) => Track(Task.Run(() => ForwardDatagramAsync(question, client)));

    /// <returns>The reply's length; 0: it is for others to answer.</returns>
    private int Answer(Sandbox asking, ReadOnlySpan<byte> question, Span<byte> reply)
    {
        if (answers.Write(question, reply) is > 0 and int known)
            return known;
        if (LocalReply.Find(names, asking, question) is not { } answer)
            return 0;
        uint order = unchecked(rotation++);
        answers.Put(question, answer, unchecked(order + 1), reply);
        return answer.Write(question, order, datagram: true, reply);
    }

    private async Task ForwardDatagramAsync(byte[] question, SocketAddress client)
    {
        byte[] answer = await ForwardAsync(question, stream: false);
        if (DnsQuery.TryParse(question, out DnsQuery query, out _) && answer.Length > query.UdpSize)
        {
            // More than this client takes in a datagram: it asks again over TCP.
            int length = DnsReply.Empty(question, query.QuestionEnd, DnsResponseCode.NoError, answer);
            answer[2] |= 0x02;
            Array.Resize(ref answer, length);
        }
        // Not the asynchronous one: it would let the runtime watch this socket, and wake for each question.
        datagrams.SendTo(answer, SocketFlags.None, client);
    }

    /// <summary>Asks the other resolvers. A container without a way out does not get one through its name server.</summary>
    private async Task<byte[]> ForwardAsync(byte[] question, bool stream)
    {
        Sandbox asking = Volatile.Read(ref sandbox);
        try
        {
            bool allowed = Interlocked.Increment(ref forwarded) <= MaxForwarded && (asking.GatewayEndpoint ?? asking.GatewayEndpoint6) is not null;
            if (allowed && upstream.For(asking) is { Count: > 0 } servers && await forwarder.AskAsync(question, servers, stream, closing.Token) is { } answer)
                return answer;
        }
        finally
        {
            Interlocked.Decrement(ref forwarded);
        }
        byte[] failure = new byte[question.Length];
        int end = DnsQuery.TryParse(question, out DnsQuery query, out _) ? query.QuestionEnd : 0;
        return failure[..DnsReply.Empty(question, end, DnsResponseCode.ServerFailure, failure)];
    }

    private async Task AcceptAsync()
    {
        while (!closing.IsCancellationRequested)
        {
            try
            {
                Socket connection = await listener.AcceptAsync(closing.Token);
                if (Volatile.Read(ref connections) >= MaxConnections)
                    connection.Dispose();
                else
                    Track(ServeStreamAsync(connection));
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // A client that went before it was accepted; or closing, which ends the loop by its condition.
            }
        }
    }

    /// <summary>Questions on one connection, in their order; RFC 7766 allows several.</summary>
    private async Task ServeStreamAsync(Socket connection)
    {
        Interlocked.Increment(ref connections);
        using var stream = new NetworkStream(connection, ownsSocket: true);
        try
        {
            byte[] head = new byte[2], reply = new byte[MaxMessage];
            while (await TryReadAsync(stream, head))
            {
                byte[] question = new byte[BinaryPrimitives.ReadUInt16BigEndian(head)];
                if (question.Length < DnsQuery.HeaderSize || !await TryReadAsync(stream, question))
                    return;
                ReadOnlyMemory<byte> answer = LocalReply.Find(names, Volatile.Read(ref sandbox), question) is { } local
                    ? reply.AsMemory(0, local.Write(question, unchecked(rotation++), datagram: false, reply))
                    : await ForwardAsync(question, stream: true);
                byte[] framed = new byte[2 + answer.Length];
                BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)answer.Length);
                answer.CopyTo(framed.AsMemory(2));
                await stream.WriteAsync(framed, closing.Token);
            }
        }
        finally
        {
            Interlocked.Decrement(ref connections);
        }
    }

    private async Task<bool> TryReadAsync(NetworkStream stream, byte[] buffer)
    {
        using var patience = new CancellationTokenSource(StreamPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, closing.Token);
        int size = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, either.Token);
        return size == buffer.Length;
    }

    /// <summary>Work beside the loops; closing waits for it.</summary>
    private void Track(Task task)
    {
        Task guarded = GuardAsync(task);
        work[guarded] = true;
        // The continuation runs after the entry is there, even when the task was done before.
        guarded.GetAwaiter().OnCompleted(() => work.TryRemove(guarded, out _));
    }

    private async Task GuardAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException or IOException)
        {
            // The client went, or we are closing.
        }
        catch (Exception exception)
        {
            CatalogLog.QuestionFailed(logger, sandbox.Container.Value, exception);
        }
    }
}
