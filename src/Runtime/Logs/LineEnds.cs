namespace Argosy.Runtime.Logs;

/// <summary>Counts the lines of a log that end in what goes by (tag F, conmon's pieces left out), whatever the blocks are cut like.</summary>
internal sealed class LineEnds
{
    private readonly byte[] head = new byte[48];
    private int length;

    /// <summary>The lines whose head is complete with this block.</summary>
    public long Count(ReadOnlySpan<byte> block)
    {
        long lines = 0;
        while (!block.IsEmpty)
        {
            int newline = block.IndexOf((byte)'\n');
            ReadOnlySpan<byte> part = newline < 0 ? block : block[..(newline + 1)];
            int taken = Math.Min(part.Length, head.Length - length);
            part[..taken].CopyTo(head.AsSpan(length));
            length += taken;
            if (newline < 0)
                return lines;
            if (EndsLine(head.AsSpan(0, length)))
                lines++;
            length = 0;
            block = block[(newline + 1)..];
        }
        return lines;
    }

    private static bool EndsLine(ReadOnlySpan<byte> line)
    {
        int time = line.IndexOf((byte)' ');
        return time >= 0 && line.Length > time + 9 && line[time + 8] == 'F' && line[time + 9] == ' ';
    }
}
