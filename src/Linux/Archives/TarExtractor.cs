using System.Runtime.InteropServices;
using Argosy.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Archives;

/// <summary>
/// Makes a tree of an archive, so that nothing is ever written outside the root: every directory on the way is opened
/// by the kernel with openat2(2)'s RESOLVE_ flags, and every file is made relative to that descriptor.
/// </summary>
/// <remarks>Owner, permissions, extended attributes (file capabilities), nanosecond times, hard links, devices and holes are kept.</remarks>
public sealed partial class TarExtractor : IDisposable
{
    private readonly ExtractOptions options;
    private readonly SafeFileHandle root;
    private readonly Dictionary<UnixPath, FileTime> directoryTimes = [];
    private UnixPath parentPath = UnixPath.Empty;
    private bool parentMayBeGone;
    private SafeFileHandle parent;
    private long written;
    private long size;
    private bool hasReplaced;
    private bool hasRoot;

    private TarExtractor(string directory, ExtractOptions options)
    {
        this.options = options;
        root = FileCalls.OpenAnchor(directory);
        parent = root;
    }

    /// <summary>Extracts a plain tar from a stream into an existing directory.</summary>
    /// <exception cref="ArchiveException">The archive is damaged or hostile; what was extracted before stays.</exception>
    /// <exception cref="LinuxException">The file system refused.</exception>
    public static ExtractResult Extract(Stream tar, string directory, ExtractOptions options, CancellationToken cancellationToken = default)
    {
        using var reader = new TarReader(tar);
        return Extract(reader, directory, options, cancellationToken);
    }

    /// <summary>Extracts what a reader gives.</summary>
    public static ExtractResult Extract(TarReader reader, string directory, ExtractOptions options, CancellationToken cancellationToken = default)
    {
        using var extractor = new TarExtractor(directory, options);
        long entries = 0;
        while (reader.TryNext(out TarEntry? entry))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (++entries > options.MaximumEntries)
                throw EntryPath.Refuse(entry.Path, $"the archive has more than {options.MaximumEntries} entries");
            extractor.Apply(entry, reader);
        }
        extractor.ApplyDirectoryTimes();
        // A file that a later entry replaced was counted: rare enough to look at the whole tree for it.
        long size = extractor.hasReplaced && options.Whiteouts ? FileTree.SumOfSizes(directory) : extractor.size;
        return new ExtractResult(entries, size, extractor.hasRoot);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        ForgetParent();
        root.Dispose();
    }

    private void Apply(TarEntry entry, TarReader reader)
    {
        UnixPath path = EntryPath.Normalise(entry.Path, options.Links);
        if (path.IsEmpty)
        {
            ApplyRoot(entry);
            return;
        }
        UnixPath name = path.Name;
        if (options.SkipWhiteouts && Whiteout.IsMarker(name))
            return;
        SafeFileHandle directory = OpenParent(path, entry);
        if (options.KeepDirectories)
            CheckKind(directory, name, entry);
        if (options.Whiteouts && Whiteout.IsMarker(name))
            ApplyWhiteout(directory, name, path);
        else if (entry.IsHardLink)
            MakeHardLink(directory, name, entry);
        else
            MakeFile(directory, name, path, entry, reader);
    }

    private static void CheckKind(SafeFileHandle directory, UnixPath name, TarEntry entry)
    {
        if (FileCalls.TryStatus(directory, name, out FileStatus existing) == Errno.None && existing.IsDirectory != (entry.Type == FileType.Directory))
            throw new ArchiveException(existing.IsDirectory
                ? $"cannot overwrite directory \"{name}\" with non-directory \"{entry.Path}\""
                : $"cannot overwrite non-directory \"{name}\" with directory \"{entry.Path}\"");
    }

    private void MakeFile(SafeFileHandle directory, UnixPath name, UnixPath path, TarEntry entry, TarReader reader)
    {
        switch (entry.Type)
        {
            case FileType.Regular:
                MakeRegular(directory, name, entry, reader);
                break;
            case FileType.Directory:
                MakeDirectory(directory, name, path, entry);
                break;
            case FileType.SymbolicLink:
                Make(directory, name, entry, static (at, n, e) => FileCalls.MakeSymbolicLink(at, n, e.LinkTarget!), "symlinkat");
                Decorate(directory, name, entry, entry.Modified);
                break;
            case FileType.Fifo or FileType.CharacterDevice or FileType.BlockDevice:
                Make(directory, name, entry, static (at, n, e) => FileCalls.MakeNode(at, n, e.Type, 0, e.Device), "mknodat");
                Decorate(directory, name, entry, entry.Modified);
                break;
            default:
                throw EntryPath.Refuse(entry.Path, "its type is not known");
        }
    }

    private void ApplyRoot(TarEntry entry)
    {
        if (entry.Type != FileType.Directory)
            throw EntryPath.Refuse(entry.Path, "the root must be a directory");
        hasRoot = true;
        if (options.KeepRoot)
            return;
        UnixPath here = UnixPath.Of("."u8);
        Decorate(root, here, entry, null);
        directoryTimes[here] = entry.Modified;
    }

    private void MakeDirectory(SafeFileHandle directory, UnixPath name, UnixPath path, TarEntry entry)
    {
        Errno error = FileCalls.MakeDirectory(directory, name, 0x1c0);
        if (error == Errno.Exists)
            error = ReplaceByDirectory(directory, name);
        error.Check("mkdirat", entry.Path);
        Decorate(directory, name, entry, null);
        directoryTimes[path] = entry.Modified;
    }

    /// <summary>An existing directory is kept; anything else gives way. Over a whiteout the new directory hides what is below it.</summary>
    private Errno ReplaceByDirectory(SafeFileHandle directory, UnixPath name)
    {
        FileCalls.TryStatus(directory, name, out FileStatus existing).Check("statx", name);
        if (existing.IsDirectory)
            return Errno.None;
        Remove(directory, name);
        Errno error = FileCalls.MakeDirectory(directory, name, 0x1c0);
        if (error == Errno.None && options.Whiteouts && existing.IsWhiteout)
            Whiteout.MakeOpaque(directory, name);
        return error;
    }

    private void MakeHardLink(SafeFileHandle directory, UnixPath name, TarEntry entry)
    {
        UnixPath target = EntryPath.Normalise(entry.LinkTarget!, options.Links);
        if (target.IsEmpty)
            throw EntryPath.Refuse(entry.Path, "a hard link to the root");
        Errno error = FileCalls.TryOpenWithin(root, target.Parent, OpenFlags.PathOnly | OpenFlags.Directory, Resolve, out SafeFileHandle? from);
        if (error != Errno.None)
            throw EntryPath.Refuse(entry.Path, $"its link target \"{target}\" is not in the archive", new LinuxException("openat2", target.ToString(), error));
        using (from)
        {
            error = FileCalls.MakeHardLink(from!, target.Name, directory, name);
            if (error == Errno.Exists)
            {
                Remove(directory, name);
                error = FileCalls.MakeHardLink(from!, target.Name, directory, name);
            }
        }
        if (error == Errno.NoEntry)
            throw EntryPath.Refuse(entry.Path, $"its link target \"{target}\" is not in the archive");
        error.Check("linkat", entry.Path);
    }

    private void Make(SafeFileHandle directory, UnixPath name, TarEntry entry, Func<SafeFileHandle, UnixPath, TarEntry, Errno> make, string call)
    {
        Errno error = make(directory, name, entry);
        if (error == Errno.Exists)
        {
            Remove(directory, name);
            error = make(directory, name, entry);
        }
        error.Check(call, entry.Path);
    }

    private static void ApplyWhiteout(SafeFileHandle directory, UnixPath name, UnixPath path)
    {
        if (Whiteout.IsOpaqueMarker(name))
            Whiteout.MakeOpaque(directory, UnixPath.Empty);
        else if (!Whiteout.IsReserved(name))
            Whiteout.Make(directory, Whiteout.Hidden(name), path);
    }

    private void ApplyDirectoryTimes()
    {
        foreach ((UnixPath path, FileTime time) in directoryTimes)
        {
            if (FileCalls.TryOpenWithin(root, path.Parent, OpenFlags.PathOnly | OpenFlags.Directory, Resolve, out SafeFileHandle? directory) != Errno.None)
                continue;
            using (directory)
            {
                if (FileCalls.TryStatus(directory, path.Name, out FileStatus status) == Errno.None && status.IsDirectory)
                    FileCalls.SetTimes(directory!, path.Name, time).Check("utimensat", path);
            }
        }
    }
}
