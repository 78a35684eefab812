using Argosy.Networks;

namespace Argosy.Catalog.Dns;

/// <summary>
/// One container's answers as they were written, by the bytes that were asked: programs ask the same thing again and again. Everything is
/// forgotten when any name changes. For one thread.
/// </summary>
internal sealed class AnswerCache
{
    private const int Slots = 64, IdSize = 2, MaxOrders = 8, MaxSize = 512;

    private readonly Entry?[] entries = new Entry?[Slots];
    private long version = -1;
    private Sandbox? sandbox;

    /// <summary>Forgets what was said before this change.</summary>
    /// <param name="names">The version of all names.</param>
    /// <param name="asking">The container as it is now.</param>
    internal void Renew(long names, Sandbox asking)
    {
        if (version == names && ReferenceEquals(sandbox, asking))
            return;
        (version, sandbox) = (names, asking);
        Array.Clear(entries);
    }

    /// <summary>Writes the answer, in the next order, when it is known.</summary>
    /// <returns>Its length; 0 when it is not known.</returns>
    internal int Write(ReadOnlySpan<byte> question, Span<byte> reply)
    {
        ReadOnlySpan<byte> asked = question[IdSize..];
        if (entries[SlotOf(asked)] is not { } entry || !asked.SequenceEqual(entry.Asked))
            return 0;
        byte[] answer = entry.Next();
        answer.CopyTo(reply);
        question[..IdSize].CopyTo(reply);
        return answer.Length;
    }

    /// <summary>Remembers an answer, unless it is a large one.</summary>
    /// <param name="question">The message that was asked with.</param>
    /// <param name="answer">What is said to it.</param>
    /// <param name="order">The order that is next.</param>
    /// <param name="scratch">To write in.</param>
    internal void Put(ReadOnlySpan<byte> question, in LocalReply answer, uint order, Span<byte> scratch)
    {
        if (answer.Orders > MaxOrders || question.Length > MaxSize)
            return;
        byte[][] replies = new byte[answer.Orders][];
        for (uint next = 0; next < replies.Length; next++)
        {
            int length = answer.Write(question, next, datagram: true, scratch);
            if (length > MaxSize)
                return;
            replies[next] = scratch[..length].ToArray();
        }
        byte[] asked = question[IdSize..].ToArray();
        entries[SlotOf(asked)] = new Entry(asked, replies, order);
    }

    private static int SlotOf(ReadOnlySpan<byte> asked)
    {
        var hash = new HashCode();
        hash.AddBytes(asked);
        return hash.ToHashCode() & (Slots - 1);
    }

    private sealed class Entry(byte[] asked, byte[][] replies, uint order)
    {
        internal byte[] Asked => asked;

        internal byte[] Next() => replies[unchecked(order++) % (uint)replies.Length];
    }
}
