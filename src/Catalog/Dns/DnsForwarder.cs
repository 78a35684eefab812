using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Argosy.Core;

namespace Argosy.Catalog.Dns;

/// <summary>
/// Asks other resolvers. They are asked one after the other, each a little after the one before it, and again once; the first answer that
/// settles the question wins. An answer that was cut off is asked for again over TCP.
/// </summary>
internal sealed class DnsForwarder(TimeProvider time)
{
    private const int MaxMessage = 65535;
    private static readonly TimeSpan Stagger = TimeSpan.FromMilliseconds(300), Patience = TimeSpan.FromSeconds(2);

    /// <summary>The winning answer with the question's own id; null when nobody answers.</summary>
    /// <param name="question">The client's message.</param>
    /// <param name="servers">In the order of preference.</param>
    /// <param name="stream">The client can take an answer of any size.</param>
    /// <param name="cancellationToken">Ends it all.</param>
    internal async Task<byte[]?> AskAsync(ReadOnlyMemory<byte> question, IReadOnlyList<IPEndPoint> servers, bool stream, CancellationToken cancellationToken)
    {
        using var race = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<Task<byte[]?>> running = [];
        byte[]? unsettled = null;
        for (int attempt = 0, attempts = servers.Count * 2; attempt < attempts || running.Count > 0;)
        {
            bool last = attempt >= attempts;
            if (!last)
                running.Add(AskOneAsync(question, servers[attempt++ % servers.Count], stream, race.Token));
            Task anyone = Task.WhenAny(running);
            await (last ? anyone : Task.WhenAny(anyone, Task.Delay(Stagger, time, race.Token)));
            foreach (Task<byte[]?> done in running.Where(task => task.IsCompleted).ToArray())
            {
                running.Remove(done);
                byte[]? answer = await done;
                unsettled ??= answer;
                if (answer is null || !Settles(answer))
                    continue;
                await race.CancelAsync();
                return answer;
            }
        }
        return unsettled;
    }

    private static bool Settles(byte[] answer) => (DnsResponseCode)(answer[3] & 0xf) is DnsResponseCode.NoError or DnsResponseCode.NoSuchName;

    /// <summary>One server, one try; null when it does not answer, whatever the reason.</summary>
    private async Task<byte[]?> AskOneAsync(ReadOnlyMemory<byte> question, IPEndPoint server, bool stream, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        // An id and a port of its own per question, so that nobody off the path can guess an answer.
        byte[] asked = question.ToArray();
        RandomId.Bytes(2).CopyTo(asked, 0);
        try
        {
            byte[]? answer = await AskDatagramAsync(asked, server, either.Token);
            if (answer is not null && stream && IsTruncated(answer))
                answer = await AskStreamAsync(asked, server, either.Token);
            if (answer is not null)
                question.Span[..2].CopyTo(answer);
            return answer;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or EndOfStreamException)
        {
            return null;
        }
    }

    private static async Task<byte[]?> AskDatagramAsync(byte[] asked, IPEndPoint server, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        await socket.ConnectAsync(server, cancellationToken);
        await socket.SendAsync(asked, cancellationToken);
        byte[] buffer = new byte[4096];
        while (true)
        {
            int size = await socket.ReceiveAsync(buffer, cancellationToken);
            if (Answers(buffer.AsSpan(0, size), asked))
                return buffer[..size];
        }
    }

    private static async Task<byte[]?> AskStreamAsync(byte[] asked, IPEndPoint server, CancellationToken cancellationToken)
    {
        using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server, cancellationToken);
        using var connection = new NetworkStream(socket);
        byte[] framed = new byte[2 + asked.Length];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)asked.Length);
        asked.CopyTo(framed, 2);
        await connection.WriteAsync(framed, cancellationToken);
        byte[] head = new byte[2];
        await connection.ReadExactlyAsync(head, cancellationToken);
        byte[] answer = new byte[Math.Min(BinaryPrimitives.ReadUInt16BigEndian(head), (ushort)MaxMessage)];
        await connection.ReadExactlyAsync(answer, cancellationToken);
        return Answers(answer, asked) ? answer : null;
    }

    /// <summary>A response, to this id, that repeats this question.</summary>
    private static bool Answers(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> asked)
    {
        if (answer.Length < DnsQuery.HeaderSize || (answer[2] & 0x80) == 0 || !answer[..2].SequenceEqual(asked[..2]))
            return false;
        // Refusals may come without the question.
        if (BinaryPrimitives.ReadUInt16BigEndian(answer[4..]) == 0)
            return (answer[3] & 0xf) != 0;
        return DnsQuery.TryParse(asked, out DnsQuery question, out _) && answer.Length >= question.QuestionEnd
            && Ascii(answer[DnsQuery.HeaderSize..question.QuestionEnd], asked[DnsQuery.HeaderSize..question.QuestionEnd]);
    }

    private static bool Ascii(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) => System.Text.Ascii.EqualsIgnoreCase(one, other) || one.SequenceEqual(other);

    private static bool IsTruncated(byte[] answer) => (answer[2] & 0x02) != 0;
}
