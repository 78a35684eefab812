using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Compression;

/// <summary>libdeflate's compressor: makes whole gzip members of whole buffers. For one thread at a time.</summary>
public sealed unsafe class GzipMember : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <param name="level">libdeflate's, 0 to 12.</param>
    public GzipMember(int level)
        : base(ownsHandle: true)
    {
        SetHandle(NativeDeflate.libdeflate_alloc_compressor(level));
        if (IsInvalid)
            throw new InvalidOperationException("libdeflate_alloc_compressor: no memory");
    }

    /// <summary>True when the library is on this machine.</summary>
    public static bool IsAvailable { get; } = NativeLibrary.TryLoad(NativeDeflate.Library, out _);

    /// <summary>The most bytes that so many can become.</summary>
    public int Bound(int size) => checked((int)NativeDeflate.libdeflate_gzip_compress_bound(handle, (nuint)size));

    /// <summary>Makes one member.</summary>
    /// <param name="source">What to compress.</param>
    /// <param name="target">At least <see cref="Bound"/> bytes.</param>
    /// <returns>The member's length. The same bytes always become the same member: it names no time and no file.</returns>
    public int Compress(ReadOnlySpan<byte> source, Span<byte> target)
    {
        fixed (byte* from = source)
        fixed (byte* to = target)
        {
            nuint written = NativeDeflate.libdeflate_gzip_compress(handle, from, (nuint)source.Length, to, (nuint)target.Length);
            return written > 0 ? (int)written : throw new ArgumentException("too short for a gzip member", nameof(target));
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        NativeDeflate.libdeflate_free_compressor(handle);
        return true;
    }
}
