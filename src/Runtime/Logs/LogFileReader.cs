namespace Argosy.Runtime.Logs;

/// <summary>Reads whole lines of a file that may be growing; the beginning of an unfinished line waits for its end.</summary>
internal sealed class LogFileReader(string path) : IDisposable
{
    private const int Step = 64 * 1024;

    private FileStream file = Open(path);
    private byte[] buffer = new byte[Step];
    private int start;
    private int end;

    /// <summary>Where the next read begins.</summary>
    public long Position
    {
        get => file.Position - (end - start);
        set
        {
            file.Position = value;
            start = end = 0;
        }
    }

    public long Length => file.Length;

    /// <summary>The next line without its newline; valid until the next call. False is "none yet".</summary>
    public async ValueTask<(bool HasLine, ReadOnlyMemory<byte> Line)> ReadLineAsync(CancellationToken cancellationToken)
    {
        int scanned = start;
        while (true)
        {
            int newline = buffer.AsSpan(scanned, end - scanned).IndexOf((byte)'\n');
            if (newline >= 0)
            {
                ReadOnlyMemory<byte> line = buffer.AsMemory(start, scanned + newline - start);
                start = scanned + newline + 1;
                return (true, line);
            }
            int waiting = end - start;
            MakeRoom();
            scanned = start + waiting;
            int count = await file.ReadAsync(buffer.AsMemory(end), cancellationToken);
            if (count == 0)
                return (false, default);
            end += count;
        }
    }

    /// <summary>Goes on with the file that now has the name, when conmon has begun a new one. False: it is still the same.</summary>
    public bool SwitchToNewFile()
    {
        if (!File.Exists(path))
            return false;
        FileStream current = Open(path);
        if (SameFile(current, file))
        {
            current.Dispose();
            return false;
        }
        file.Dispose();
        file = current;
        start = end = 0;
        return true;
    }

    public void Dispose() => file.Dispose();

    private void MakeRoom()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
        }
        if (end == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
    }

    private static bool SameFile(FileStream one, FileStream other) =>
        Linux.Rooted.FileIdentity.Of(one.SafeFileHandle) == Linux.Rooted.FileIdentity.Of(other.SafeFileHandle);

    private static FileStream Open(string path) =>
        new(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
}
