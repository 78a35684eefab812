using System.Buffers;
using System.Text;
using Argosy.Api.Routes.Containers;
using Argosy.Runtime.Logs;

namespace Argosy.Api.Routes.Logs;

/// <summary>Log entries as they go over the wire, a frame for each; the memory is used again for each batch.</summary>
/// <param name="terminal">Raw, without frames.</param>
/// <param name="timestamps">Put the time before each line.</param>
/// <param name="details">What to put before each line behind the time; null for nothing.</param>
internal sealed class LogFrames(bool terminal, bool timestamps, string? details = null)
{
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    private readonly byte[] prefix = details is null ? [] : Encoding.UTF8.GetBytes(details + " ");

    /// <summary>All of the entries; good until the next call.</summary>
    internal ReadOnlyMemory<byte> Of(IReadOnlyList<LogEntry> entries)
    {
        buffer.ResetWrittenCount();
        foreach (LogEntry entry in entries)
            Add(entry);
        return buffer.WrittenMemory;
    }

    private void Add(in LogEntry entry)
    {
        string time = timestamps ? entry.TimestampText : "";
        int head = terminal ? 0 : RawStream.HeaderLength;
        int length = (timestamps ? time.Length + 1 : 0) + prefix.Length + entry.Bytes.Length;
        Span<byte> target = buffer.GetSpan(head + length);
        if (!terminal)
            RawStream.WriteHeader(target, entry.Stream, length);
        Span<byte> payload = target.Slice(head, length);
        if (timestamps)
        {
            payload = payload[Encoding.ASCII.GetBytes(time, payload)..];
            payload[0] = (byte)' ';
            payload = payload[1..];
        }
        prefix.CopyTo(payload);
        entry.Bytes.Span.CopyTo(payload[prefix.Length..]);
        buffer.Advance(head + length);
    }
}
