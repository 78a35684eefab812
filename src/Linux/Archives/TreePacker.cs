using Argosy.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Archives;

/// <summary>Packs a file or a tree into an archive, in byte order of the names; the same tree gives the same bytes. Sockets are left out, as dockerd leaves them out.</summary>
public sealed class TreePacker
{
    private const int BufferSize = 256 * 1024;

    private readonly TarWriter writer;
    private readonly PackOptions options;
    private readonly CancellationToken cancellationToken;
    private readonly Dictionary<(ulong Inode, uint Major, uint Minor), UnixPath> links = [];
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
    private long entries;
    private long bytes;

    private TreePacker(TarWriter writer, PackOptions options, CancellationToken cancellationToken) =>
        (this.writer, this.options, this.cancellationToken) = (writer, options, cancellationToken);

    /// <summary>Writes the tree's entries; the archive's end is the caller's.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="path">The file or directory.</param>
    /// <param name="name">Its name in the archive; empty: a directory's files stand at the top.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Checked between files.</param>
    public static PackResult Pack(TarWriter writer, string path, string name, PackOptions options, CancellationToken cancellationToken = default)
    {
        var packer = new TreePacker(writer, options, cancellationToken);
        FileTree.Walk(null, UnixPath.Of(path), UnixPath.Of(name), packer.Visit);
        return new PackResult(packer.entries, packer.bytes);
    }

    private bool Visit(SafeFileHandle? directory, UnixPath name, UnixPath relative, FileStatus status)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool isRoot = directory is null;
        if (options.Whiteouts && status.IsWhiteout)
            WriteMarker(relative.Parent, [.. Whiteout.Prefix, .. relative.Name.Bytes]);
        else if (status.Type != FileType.Socket && (!isRoot || options.IncludeRoot || !status.IsDirectory))
            WriteEntry(directory, name, relative, status);
        return true;
    }

    private void WriteEntry(SafeFileHandle? directory, UnixPath name, UnixPath relative, FileStatus status)
    {
        UnixPath path = directory is null ? name : ExtendedAttributes.Below(directory, name);
        IReadOnlyList<ExtendedAttribute> attributes = ExtendedAttributes.List(path);
        TarEntry entry = Describe(relative, status) with { Attributes = [.. attributes.Where(attribute => IsPacked(attribute.Name))] };
        switch (status.Type)
        {
            case FileType.Regular:
                WriteRegular(directory, name, entry, status);
                break;
            case FileType.SymbolicLink:
                Write(entry with { LinkTarget = FileCalls.ReadLink(directory, name) });
                break;
            default:
                Write(entry);
                break;
        }
        if (options.Whiteouts && status.IsDirectory && attributes.Any(IsOpaque))
            WriteMarker(relative, Whiteout.OpaqueMarker);
    }

    private TarEntry Describe(UnixPath relative, FileStatus status)
    {
        (uint user, uint group) = options.Owner ?? (status.UserId, status.GroupId);
        return new TarEntry
        {
            Path = !status.IsDirectory ? relative : relative.IsEmpty ? UnixPath.Of("./"u8) : UnixPath.Of([.. relative.Bytes, (byte)'/']),
            Type = status.Type,
            Permissions = status.Permissions,
            UserId = user,
            GroupId = group,
            Modified = options.WholeSeconds ? status.Modified with { Nanoseconds = 0 } : status.Modified,
            Device = status.SpecialDevice,
        };
    }

    private void WriteRegular(SafeFileHandle? directory, UnixPath name, TarEntry entry, FileStatus status)
    {
        if (status.Links > 1 && !links.TryAdd((status.Inode, status.Device.Major, status.Device.Minor), entry.Path))
        {
            UnixPath first = links[(status.Inode, status.Device.Major, status.Device.Minor)];
            Write(entry with { LinkTarget = first, IsHardLink = true, Attributes = [] });
            return;
        }
        FileCalls.TryOpen(directory, name, OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking, 0, out SafeFileHandle? file).Check("openat", entry.Path);
        using (file)
        {
            Write(entry with { Size = status.Size, Extents = !options.FillHoles && status.Allocated < status.Size ? FindExtents(file!, status.Size) : null });
            CopyContent(file!, entry, status.Size);
        }
    }

    /// <summary>Exactly as many bytes as the header says: a file that grows is cut, one that shrinks is filled with zeros.</summary>
    private void CopyContent(SafeFileHandle file, TarEntry entry, long size)
    {
        string subject = entry.Path.ToString();
        for (long done = 0; done < size;)
        {
            int wanted = (int)Math.Min(BufferSize, size - done);
            int read = FileCalls.Read(file, buffer.AsSpan(0, wanted), done, subject);
            if (read == 0)
            {
                buffer.AsSpan(0, wanted).Clear();
                read = wanted;
            }
            writer.Write(buffer.AsSpan(0, read));
            done += read;
        }
        bytes += size;
    }

    private static List<DataExtent>? FindExtents(SafeFileHandle file, long size)
    {
        var extents = new List<DataExtent>();
        for (long position = 0; position < size;)
        {
            long data = FileCalls.Seek(file, position, 3);
            if (data < 0 || data >= size)
                break;
            long hole = FileCalls.Seek(file, data, 4);
            if (hole < 0)
                return null;
            extents.Add(new DataExtent(data, Math.Min(hole, size) - data));
            position = hole;
        }
        if (extents is [{ Offset: 0 } only] && only.Length == size)
            return null;
        if (extents.Count == 0)
            extents.Add(new DataExtent(size, 0));
        return extents;
    }

    private void WriteMarker(UnixPath directory, ReadOnlySpan<byte> name) =>
        Write(new TarEntry { Path = directory.Append(name), Type = FileType.Regular, Permissions = 0x180 });

    private void Write(TarEntry entry)
    {
        writer.Write(entry);
        entries++;
    }

    private static bool IsOpaque(ExtendedAttribute attribute) =>
        attribute.Name == Whiteout.OpaqueAttribute && attribute.Value is [(byte)'y'];

    private bool IsPacked(string attribute) =>
        !ExtendedAttributes.IsOfHost(attribute) && !(options.Whiteouts && attribute.StartsWith("trusted.overlay.", StringComparison.Ordinal));
}
