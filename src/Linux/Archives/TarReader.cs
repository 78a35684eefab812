using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Argosy.Linux.Files;
using static Argosy.Linux.Archives.NativeArchive;

namespace Argosy.Linux.Archives;

/// <summary>
/// Reads a tar archive (ustar, pax, GNU) from a stream, forward only. Names stay bytes.
/// </summary>
/// <remarks>
/// libarchive converts pax names from UTF-8 to the process's character set, and takes the raw bytes where it cannot. A .NET
/// process with invariant globalisation never leaves the C locale (ASCII), so ASCII is converted to itself and the rest is raw.
/// Reads the stream synchronously: call from a thread that may wait. The stream is left open.
/// </remarks>
public sealed unsafe class TarReader : IDisposable
{
    private const int BufferSize = 256 * 1024;

    private readonly Stream source;
    private readonly byte* buffer;
    private readonly nint archive;
    private GCHandle self;
    private ExceptionDispatchInfo? failure;
    private long missing;
    private bool sourceEnded;
    private bool isCutOff;

    /// <summary>Begins reading.</summary>
    /// <param name="source">The archive.</param>
    /// <param name="decompress">True: a compressed archive (gzip, bzip2, xz, zstd) is recognised and decompressed; false: it must be a plain tar.</param>
    public TarReader(Stream source, bool decompress = false)
    {
        this.source = source;
        buffer = (byte*)NativeMemory.Alloc(BufferSize);
        self = GCHandle.Alloc(this);
        archive = archive_read_new();
        Check(archive_read_support_format_tar(archive), "reading tar");
        if (decompress)
            Check(archive_read_support_filter_all(archive), "decompressing");
        Check(archive_read_open(archive, GCHandle.ToIntPtr(self), 0, &OnRead, 0), "opening the archive");
    }

    /// <summary>Goes on to the next entry; false at the archive's end.</summary>
    /// <exception cref="ArchiveException">The archive is damaged.</exception>
    public bool TryNext([NotNullWhen(true)] out TarEntry? entry)
    {
        nint handle = 0;
        int result = isCutOff ? EndOfFile : archive_read_next_header(archive, out handle);
        if (result == EndOfFile)
        {
            failure?.Throw();
            entry = null;
            return false;
        }
        Check(result, "reading the archive");
        entry = Read(handle);
        missing = entry.Size;
        return true;
    }

    /// <summary>The next block of the current entry's content, valid until the next call; false at its end. Holes are skipped by the offset.</summary>
    public bool TryReadBlock(out ReadOnlySpan<byte> block, out long offset)
    {
        int result = archive_read_data_block(archive, out byte* data, out nint size, out offset);
        if (result == Fatal && IsPaddingMissing)
        {
            isCutOff = true;
            result = EndOfFile;
        }
        block = result == EndOfFile ? default : new ReadOnlySpan<byte>(data, checked((int)size));
        if (result == EndOfFile)
            return false;
        Check(result, "reading the archive");
        missing -= size;
        return true;
    }

    /// <summary>Reads a small entry's whole content.</summary>
    /// <exception cref="ArchiveException">It is longer than <paramref name="limit"/>.</exception>
    public byte[] ReadContent(int limit)
    {
        using var content = new MemoryStream();
        while (TryReadBlock(out ReadOnlySpan<byte> block, out long offset))
        {
            if (offset + block.Length > limit)
                throw new ArchiveException($"an entry is longer than {limit} bytes");
            content.Position = offset;
            content.Write(block);
        }
        return content.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = archive_read_free(archive);
        NativeMemory.Free(buffer);
        if (self.IsAllocated)
            self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnRead(nint archive, nint state, void** block)
    {
        var reader = (TarReader)GCHandle.FromIntPtr(state).Target!;
        try
        {
            *block = reader.buffer;
            int length = reader.source.Read(new Span<byte>(reader.buffer, BufferSize));
            reader.sourceEnded |= length == 0;
            return length;
        }
        catch (Exception exception)
        {
            reader.failure = ExceptionDispatchInfo.Capture(exception);
            return -1;
        }
    }

    /// <summary>
    /// The archive ends with its last file's last byte, without filling the block and without an end mark. The stock client sends such
    /// contexts (<c>docker build -f ../other .</c>: Go's writer is not closed), and Go's reader takes them.
    /// </summary>
    private bool IsPaddingMissing => sourceEnded && missing == 0 && failure is null;

    private static TarEntry Read(nint entry)
    {
        uint mode = archive_entry_mode(entry);
        byte* hardLink = archive_entry_hardlink(entry);
        byte* link = hardLink is not null ? hardLink : archive_entry_symlink(entry);
        if (link is null && (FileType)(mode & 0xf000) == FileType.SymbolicLink)
            throw EntryPath.Refuse(PathOf(archive_entry_pathname(entry)), "it is a symbolic link to nothing");
        return new TarEntry
        {
            Path = PathOf(archive_entry_pathname(entry)),
            Type = (FileType)(mode & 0xf000),
            Permissions = (int)(mode & 0xfff),
            UserId = archive_entry_uid(entry),
            GroupId = archive_entry_gid(entry),
            Size = archive_entry_size(entry),
            Modified = new FileTime(archive_entry_mtime(entry), (uint)archive_entry_mtime_nsec(entry)),
            Device = ((uint)archive_entry_rdevmajor(entry), (uint)archive_entry_rdevminor(entry)),
            LinkTarget = link is null ? null : PathOf(link),
            IsHardLink = hardLink is not null,
            Attributes = archive_entry_xattr_reset(entry) > 0 ? ReadAttributes(entry) : [],
        };
    }

    private static List<ExtendedAttribute> ReadAttributes(nint entry)
    {
        var attributes = new List<ExtendedAttribute>();
        while (archive_entry_xattr_next(entry, out byte* name, out byte* value, out nint size) == Ok)
            attributes.Add(new ExtendedAttribute(Marshal.PtrToStringUTF8((nint)name)!, new ReadOnlySpan<byte>(value, (int)size).ToArray()));
        return attributes;
    }

    private static UnixPath PathOf(byte* text) =>
        text is null ? throw new ArchiveException("an archive entry has no name") : UnixPath.Of(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text));

    /// <summary>Warnings (a header that asks for more than we keep) are no failures.</summary>
    private void Check(int result, string doing)
    {
        if (result is Ok or Warn)
            return;
        failure?.Throw();
        throw new ArchiveException($"{doing}: {Message(archive)}");
    }
}
