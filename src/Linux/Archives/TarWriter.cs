using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Argosy.Linux.Files;
using static Argosy.Linux.Archives.NativeArchive;

namespace Argosy.Linux.Archives;

/// <summary>
/// Writes a pax archive to a stream: names as bytes, nanoseconds, binary extended attributes (<c>SCHILY.xattr.</c>), sparse files.
/// The same entries give the same bytes.
/// </summary>
/// <remarks>
/// In the C locale (see <see cref="TarReader"/>) libarchive writes ASCII names as they are, and marks an entry with any other
/// name <c>hdrcharset=BINARY</c>. Writes the stream synchronously, and leaves it open. Without <see cref="Finish"/> the archive has no end.
/// </remarks>
public sealed unsafe class TarWriter : IDisposable
{
    private readonly Stream target;
    private readonly nint archive;
    private readonly nint entry;
    private GCHandle self;
    private ExceptionDispatchInfo? failure;

    /// <summary>Begins writing.</summary>
    public TarWriter(Stream target)
    {
        this.target = target;
        self = GCHandle.Alloc(this);
        archive = archive_write_new();
        entry = archive_entry_new();
        Check(archive_write_set_format_pax(archive), "setting it up");
        Check(archive_write_set_format_option(archive, "pax", "xattrheader", "SCHILY"), "setting it up");
        Check(archive_write_set_bytes_per_block(archive, 128 * 1024), "setting it up");
        Check(archive_write_set_bytes_in_last_block(archive, 1), "setting it up");
        Check(archive_write_open(archive, GCHandle.ToIntPtr(self), 0, &OnWrite, 0), "opening the archive");
    }

    /// <summary>Writes an entry's header; exactly <see cref="TarEntry.Size"/> bytes of content follow through <see cref="Write(ReadOnlySpan{byte})"/>.</summary>
    public void Write(TarEntry header)
    {
        archive_entry_clear(entry);
        fixed (byte* path = header.Path.Terminated)
            archive_entry_copy_pathname(entry, path);
        archive_entry_set_mode(entry, (uint)header.Type | (uint)header.Permissions);
        archive_entry_set_uid(entry, header.UserId);
        archive_entry_set_gid(entry, header.GroupId);
        archive_entry_set_size(entry, header.Size);
        archive_entry_set_mtime(entry, (nint)header.Modified.Seconds, (nint)header.Modified.Nanoseconds);
        archive_entry_set_rdevmajor(entry, header.Device.Major);
        archive_entry_set_rdevminor(entry, header.Device.Minor);
        SetLink(header);
        foreach (ExtendedAttribute attribute in header.Attributes)
        {
            fixed (byte* value = attribute.Value)
                archive_entry_xattr_add_entry(entry, attribute.Name, value, attribute.Value.Length);
        }
        foreach (DataExtent extent in header.Extents ?? [])
            archive_entry_sparse_add_entry(entry, extent.Offset, extent.Length);
        Check(archive_write_header(archive, entry), header.Path.ToString());
    }

    /// <summary>Writes some of the current entry's content. Holes are written as zeros; the writer leaves them out.</summary>
    public void Write(ReadOnlySpan<byte> content)
    {
        fixed (byte* start = content)
        {
            for (int done = 0; done < content.Length;)
            {
                nint written = archive_write_data(archive, start + done, content.Length - done);
                if (written <= 0)
                    Check(written == 0 ? Fatal : (int)written, "writing content");
                done += (int)written;
            }
        }
    }

    /// <summary>A file of this content.</summary>
    public void WriteFile(TarEntry header, ReadOnlySpan<byte> content)
    {
        Write(header with { Size = content.Length });
        Write(content);
    }

    /// <summary>Writes the archive's end.</summary>
    public void Finish() => Check(archive_write_close(archive), "ending the archive");

    /// <inheritdoc/>
    public void Dispose()
    {
        // Freeing a writer that was not closed writes the archive's end: a broken archive must not look whole.
        failure ??= ExceptionDispatchInfo.Capture(new ObjectDisposedException(nameof(TarWriter)));
        archive_entry_free(entry);
        _ = archive_write_free(archive);
        if (self.IsAllocated)
            self.Free();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint OnWrite(nint archive, nint state, byte* content, nint length)
    {
        var writer = (TarWriter)GCHandle.FromIntPtr(state).Target!;
        if (writer.failure is not null)
            return -1;
        try
        {
            writer.target.Write(new ReadOnlySpan<byte>(content, (int)length));
            return length;
        }
        catch (Exception exception)
        {
            writer.failure = ExceptionDispatchInfo.Capture(exception);
            return -1;
        }
    }

    private void SetLink(TarEntry header)
    {
        if (header.LinkTarget is null)
            return;
        fixed (byte* target = header.LinkTarget.Terminated)
        {
            if (header.IsHardLink)
                archive_entry_copy_hardlink(entry, target);
            else
                archive_entry_copy_symlink(entry, target);
        }
    }

    private void Check(int result, string subject)
    {
        if (result is Ok or Warn)
            return;
        failure?.Throw();
        throw new ArchiveException($"writing an archive: {subject}: {Message(archive)}");
    }
}
