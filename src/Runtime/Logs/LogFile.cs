using System.IO.Compression;
using Argosy.Linux.Files;
using Argosy.Linux.Rooted;

namespace Argosy.Runtime.Logs;

/// <summary>One open file of a log.</summary>
internal sealed class LogFile : IDisposable
{
    private readonly FileStream file;
    private readonly GZipStream? unpacked;

    private LogFile(int number, FileStream file, bool compressed, bool isLive)
    {
        (Number, this.file, IsLive) = (number, file, isLive);
        Inode = FileIdentity.Of(file.SafeFileHandle).Inode;
        unpacked = compressed ? new GZipStream(file, CompressionMode.Decompress) : null;
    }

    /// <summary>The number it has, or will have when it is rotated away.</summary>
    public int Number { get; }

    /// <summary>conmon wrote to it when it was opened.</summary>
    public bool IsLive { get; }

    /// <summary>Only to be read from its beginning on.</summary>
    public bool IsCompressed => unpacked is not null;

    /// <summary>The file's inode.</summary>
    public ulong Inode { get; }

    /// <summary>The plain file, for reading anywhere in it.</summary>
    public FileStream Plain => file;

    /// <summary>What a reader reads.</summary>
    public Stream Content => (Stream?)unpacked ?? file;

    /// <summary>Nothing is written to it any more: another file has the live name.</summary>
    public bool IsComplete(LogFiles files) => !IsLive || FileTree.Status(files.Live)?.Inode != Inode;

    /// <summary>Opens the next file after a number, the live one when there is no other. Null: there is none.</summary>
    public static LogFile? OpenAfter(LogFiles files, int number)
    {
        while (true)
        {
            IReadOnlyList<int> numbers = files.Numbers();
            int? live = files.LiveNumber(numbers);
            int next = numbers.FirstOrDefault(candidate => candidate > number && candidate != live);
            LogFile? opened = next > 0 ? OpenRotated(files, next) : OpenLive(files, number);
            if (opened is not null || (next == 0 && !File.Exists(files.Live)))
                return opened;
        }
    }

    /// <summary>Opens one that was rotated away; null when it has been removed.</summary>
    public static LogFile? OpenRotated(LogFiles files, int number)
    {
        // In this order: the plain one is removed only when the compressed one is whole.
        if (TryOpen(files.Rotated(number)) is { } plain)
            return new LogFile(number, plain, compressed: false, isLive: false);
        return TryOpen(files.Compressed(number)) is { } packed ? new LogFile(number, packed, compressed: true, isLive: false) : null;
    }

    /// <summary>Opens the live one. Null when others come before it now: it was rotated away between two looks.</summary>
    private static LogFile? OpenLive(LogFiles files, int after)
    {
        if (TryOpen(files.Live) is not { } stream)
            return null;
        ulong inode = FileIdentity.Of(stream.SafeFileHandle).Inode;
        IReadOnlyList<int> numbers = files.Numbers();
        int? own = files.LiveNumber(numbers);
        // While the name still leads to this file, nothing in the list is newer than it.
        if (FileTree.Status(files.Live)?.Inode == inode && !numbers.Any(number => number > after && number != own))
            return new LogFile(own ?? Math.Max(after, numbers.Count > 0 ? numbers[^1] : 0) + 1, stream, compressed: false, isLive: true);
        stream.Dispose();
        return null;
    }

    public void Dispose()
    {
        unpacked?.Dispose();
        file.Dispose();
    }

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
