namespace Argosy.Runtime.Logs;

/// <summary>The lines of a plain log file from an end towards its beginning, read in blocks.</summary>
internal sealed class LogBlocks(FileStream file)
{
    private const int Block = 64 * 1024;

    /// <summary>What has been read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The end of the last whole line.</summary>
    public long EndOfWholeLines()
    {
        byte[] buffer = new byte[Block];
        long position = file.Length;
        while (position > 0)
        {
            int size = (int)Math.Min(Block, position);
            Read(buffer.AsSpan(0, size), position - size);
            int newline = buffer.AsSpan(0, size).LastIndexOf((byte)'\n');
            if (newline >= 0)
                return position - size + newline + 1;
            position -= size;
        }
        return 0;
    }

    /// <summary>The lines before a place that begins a line, last first. Null is one that cannot be read.</summary>
    public IEnumerable<(long Offset, LogEntry? Entry)> Backwards(long stop)
    {
        byte[] carried = [];
        long position = stop;
        while (position > 0)
        {
            int size = (int)Math.Min(Block, position);
            position -= size;
            byte[] block = new byte[size + carried.Length];
            Read(block.AsSpan(0, size), position);
            carried.CopyTo(block, size);
            int end = block.Length;
            while (end > 0)
            {
                int newline = block.AsSpan(0, end - 1).LastIndexOf((byte)'\n');
                if (newline < 0 && position > 0)
                    break;
                yield return (position + newline + 1, LogLine.TryParse(block.AsMemory((newline + 1)..end), out LogEntry entry) ? entry : null);
                end = newline + 1;
            }
            carried = block[..end];
        }
    }

    /// <summary>The first line that begins at a place or behind it; null when there is none.</summary>
    public (long Offset, LogEntry Entry)? LineFrom(long place, long stop)
    {
        byte[] buffer = new byte[4096];
        for (long position = place; position < stop;)
        {
            int size = (int)Math.Min(buffer.Length, stop - position);
            Read(buffer.AsSpan(0, size), position);
            int begin = position == 0 ? 0 : buffer.AsSpan(0, size).IndexOf((byte)'\n') + 1;
            int length = begin == 0 && position > 0 ? -1 : buffer.AsSpan(begin, size - begin).IndexOf((byte)'\n');
            if (length >= 0 && LogLine.TryParse(buffer.AsMemory(begin, length + 1), out LogEntry entry))
                return (position + begin, entry);
            if (length >= 0)
                position += begin + length;
            else if (size < buffer.Length)
                return null;
            else
                buffer = new byte[buffer.Length * 2];
        }
        return null;
    }

    private void Read(Span<byte> target, long offset)
    {
        file.Position = offset;
        file.ReadExactly(target);
        BytesRead += target.Length;
    }
}
