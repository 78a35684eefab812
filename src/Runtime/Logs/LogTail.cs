namespace Argosy.Runtime.Logs;

/// <summary>Finds where the last n lines of a log begin, from its end: what that costs does not depend on the log's length.</summary>
internal static class LogTail
{
    private const int Block = 64 * 1024;

    /// <summary>The offset from which exactly this number of lines follows. Partial pieces belong to the line that they begin; an unfinished last line counts.</summary>
    public static long Find(string path, int lines)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
        long next = EndOfWholeLines(file);
        int found = 0;
        foreach ((long offset, LogEntry? entry) in Backwards(file, next))
        {
            bool endsLine = entry is not null && (!entry.IsPartial || found == 0);
            if (endsLine && found++ == Math.Max(lines, 0))
                return next;
            next = offset;
        }
        return 0;
    }

    private static IEnumerable<(long Offset, LogEntry? Entry)> Backwards(FileStream file, long end)
    {
        byte[] carried = [];
        long position = end;
        while (position > 0)
        {
            int size = (int)Math.Min(Block, position);
            position -= size;
            byte[] block = new byte[size + carried.Length];
            file.Position = position;
            file.ReadExactly(block, 0, size);
            carried.CopyTo(block, size);
            int stop = block.Length;
            while (stop > 0)
            {
                int newline = block.AsSpan(0, stop - 1).LastIndexOf((byte)'\n');
                if (newline < 0 && position > 0)
                    break;
                yield return (position + newline + 1, LogLine.Parse(block.AsSpan(newline + 1, stop - newline - 2)));
                stop = newline + 1;
            }
            carried = block[..stop];
        }
    }

    private static long EndOfWholeLines(FileStream file)
    {
        byte[] buffer = new byte[Block];
        long position = file.Length;
        while (position > 0)
        {
            int size = (int)Math.Min(Block, position);
            file.Position = position - size;
            file.ReadExactly(buffer, 0, size);
            int newline = buffer.AsSpan(0, size).LastIndexOf((byte)'\n');
            if (newline >= 0)
                return position - size + newline + 1;
            position -= size;
        }
        return 0;
    }
}
