using System.Runtime.InteropServices;

namespace Argosy.Linux.Compression;

/// <summary>libdeflate's calls, as libdeflate.h has them.</summary>
internal static unsafe partial class NativeDeflate
{
    internal const string Library = "libdeflate.so.0";

    [LibraryImport(Library)]
    internal static partial nint libdeflate_alloc_compressor(int level);

    [LibraryImport(Library)]
    internal static partial nuint libdeflate_gzip_compress_bound(nint compressor, nuint size);

    [LibraryImport(Library)]
    internal static partial nuint libdeflate_gzip_compress(nint compressor, byte* source, nuint size, byte* target, nuint available);

    [LibraryImport(Library)]
    internal static partial void libdeflate_free_compressor(nint compressor);
}
