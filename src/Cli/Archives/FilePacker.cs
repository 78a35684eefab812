using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Cli.Archives;

/// <summary>Writes files of this machine into an archive, one at a time. Sockets stay out, hard links become files of their own.</summary>
internal sealed class FilePacker(TarWriter writer, CancellationToken cancellationToken)
{
    private const int ReadableByAll = 0x1A4;
    private readonly byte[] buffer = new byte[64 * 1024];

    /// <summary>Gives everything to root instead of the file's owner.</summary>
    public bool OwnedByRoot { get; init; }

    /// <summary>The content that was written.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds a file, a directory without its content, or a symbolic link.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">Its name in the archive.</param>
    public void Add(string path, string name)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (FileTree.Status(path) is not { } status)
            throw new FileNotFoundException($"lstat {path}: no such file or directory");
        if (status.Type == FileType.Socket)
            return;
        TarEntry header = Header(path, name, status);
        if (status.Type == FileType.Regular)
            AddFile(path, header);
        else
            writer.Write(header);
    }

    /// <summary>Adds a directory and everything below it.</summary>
    public void AddTree(string path, string name)
    {
        Add(path, name);
        if (FileTree.Status(path) is not { IsDirectory: true })
            return;
        foreach (FileSystemInfo entry in new DirectoryInfo(path).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
            AddTree(entry.FullName, $"{name.TrimEnd('/')}/{entry.Name}");
    }

    public void AddContent(string name, ReadOnlySpan<byte> content) =>
        writer.WriteFile(new TarEntry { Path = UnixPath.Of(name), Type = FileType.Regular, Permissions = ReadableByAll }, content);

    private TarEntry Header(string path, string name, FileStatus status) => new()
    {
        Path = UnixPath.Of(status.IsDirectory ? name.TrimEnd('/') + "/" : name),
        Type = status.Type,
        Permissions = status.Permissions,
        UserId = OwnedByRoot ? 0 : status.UserId,
        GroupId = OwnedByRoot ? 0 : status.GroupId,
        Size = status.Type == FileType.Regular ? status.Size : 0,
        Modified = status.Modified,
        Device = status.SpecialDevice,
        LinkTarget = status.Type == FileType.SymbolicLink ? UnixPath.Of(new FileInfo(path).LinkTarget ?? "") : null,
    };

    /// <summary>The header promises a length: a file that shrinks meanwhile is padded, one that grows is cut.</summary>
    private void AddFile(string path, TarEntry header)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        writer.Write(header);
        for (long left = header.Size; left > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int wanted = (int)Math.Min(left, buffer.Length);
            int read = file.Read(buffer, 0, wanted);
            if (read == 0)
            {
                Array.Clear(buffer, 0, wanted);
                read = wanted;
            }
            writer.Write(buffer.AsSpan(0, read));
            left -= read;
            Bytes += read;
        }
    }
}
