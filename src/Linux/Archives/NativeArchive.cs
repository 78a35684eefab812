using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Argosy.Linux.Archives;

/// <summary>libarchive's calls, as archive.h and archive_entry.h have them.</summary>
internal static unsafe partial class NativeArchive
{
    internal const int Ok = 0;
    internal const int EndOfFile = 1;
    internal const int Retry = -10;
    internal const int Warn = -20;
    internal const int Failed = -25;
    internal const int Fatal = -30;

    private const string Library = "libarchive.so.13";

    [LibraryImport(Library)]
    internal static partial nint archive_read_new();

    [LibraryImport(Library)]
    internal static partial int archive_read_support_format_tar(nint archive);

    [LibraryImport(Library)]
    internal static partial int archive_read_support_filter_all(nint archive);

    [LibraryImport(Library)]
    internal static partial int archive_read_open(
        nint archive, nint state, nint open, delegate* unmanaged[Cdecl]<nint, nint, void**, nint> read, nint close);

    [LibraryImport(Library)]
    internal static partial int archive_read_next_header(nint archive, out nint entry);

    [LibraryImport(Library)]
    internal static partial int archive_read_data_block(nint archive, out byte* buffer, out nint size, out long offset);

    [LibraryImport(Library)]
    internal static partial int archive_read_data_skip(nint archive);

    [LibraryImport(Library)]
    internal static partial int archive_read_free(nint archive);

    [LibraryImport(Library)]
    internal static partial nint archive_write_new();

    [LibraryImport(Library)]
    internal static partial int archive_write_set_format_pax(nint archive);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int archive_write_set_format_option(nint archive, string module, string option, string value);

    [LibraryImport(Library)]
    internal static partial int archive_write_set_bytes_per_block(nint archive, int bytes);

    [LibraryImport(Library)]
    internal static partial int archive_write_set_bytes_in_last_block(nint archive, int bytes);

    [LibraryImport(Library)]
    internal static partial int archive_write_open(
        nint archive, nint state, nint open, delegate* unmanaged[Cdecl]<nint, nint, byte*, nint, nint> write, nint close);

    [LibraryImport(Library)]
    internal static partial int archive_write_header(nint archive, nint entry);

    [LibraryImport(Library)]
    internal static partial nint archive_write_data(nint archive, byte* buffer, nint size);

    [LibraryImport(Library)]
    internal static partial int archive_write_finish_entry(nint archive);

    [LibraryImport(Library)]
    internal static partial int archive_write_close(nint archive);

    [LibraryImport(Library)]
    internal static partial int archive_write_free(nint archive);

    [LibraryImport(Library)]
    internal static partial byte* archive_error_string(nint archive);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint archive_entry_new();

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint archive_entry_clear(nint entry);

    [LibraryImport(Library)]
    internal static partial void archive_entry_free(nint entry);

    [LibraryImport(Library)]
    internal static partial byte* archive_entry_pathname(nint entry);

    [LibraryImport(Library)]
    internal static partial byte* archive_entry_symlink(nint entry);

    [LibraryImport(Library)]
    internal static partial byte* archive_entry_hardlink(nint entry);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial uint archive_entry_mode(nint entry);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long archive_entry_uid(nint entry);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long archive_entry_gid(nint entry);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial long archive_entry_size(nint entry);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint archive_entry_mtime(nint entry);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nint archive_entry_mtime_nsec(nint entry);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nuint archive_entry_rdevmajor(nint entry);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial nuint archive_entry_rdevminor(nint entry);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial int archive_entry_xattr_reset(nint entry);

    [LibraryImport(Library)]
    internal static partial int archive_entry_xattr_next(nint entry, out byte* name, out byte* value, out nint size);

    [LibraryImport(Library)]
    internal static partial void archive_entry_copy_pathname(nint entry, byte* path);

    [LibraryImport(Library)]
    internal static partial void archive_entry_copy_symlink(nint entry, byte* target);

    [LibraryImport(Library)]
    internal static partial void archive_entry_copy_hardlink(nint entry, byte* target);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void archive_entry_set_mode(nint entry, uint mode);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void archive_entry_set_uid(nint entry, long id);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void archive_entry_set_gid(nint entry, long id);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void archive_entry_set_size(nint entry, long size);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void archive_entry_set_mtime(nint entry, nint seconds, nint nanoseconds);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void archive_entry_set_rdevmajor(nint entry, nuint major);

    [LibraryImport(Library), SuppressGCTransition]
    internal static partial void archive_entry_set_rdevminor(nint entry, nuint minor);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial void archive_entry_xattr_add_entry(nint entry, string name, byte* value, nint size);

    [LibraryImport(Library)]
    internal static partial void archive_entry_sparse_add_entry(nint entry, long offset, long length);

    internal static string Message(nint archive) =>
        Marshal.PtrToStringUTF8((nint)archive_error_string(archive)) ?? "unknown error";
}
