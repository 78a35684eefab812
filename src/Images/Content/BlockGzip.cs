using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.Threading.Channels;
using Argosy.Linux.Compression;

namespace Argosy.Images.Content;

/// <summary>
/// Compresses with gzip, a member for each block of the content, on all processors. A file of several members is one that every reader
/// takes (RFC 1952, 2.2), and is the same each time. libdeflate does it in little more than half of zlib's time; zlib where it is missing.
/// </summary>
internal sealed class BlockGzip(bool withLibdeflate) : IDisposable
{
    /// <summary>Costs half a percent against one block; whatever becomes of it fits the pool's buffers of 256 KiB.</summary>
    private const int BlockSize = 250_000;

    /// <summary>libdeflate's level 1 gives what zlib's 2 does. On two cores zlib's 3 takes less than half the time of 6 (gzip's own) for some hundredths more bytes.</summary>
    private const int Level = 1;
    private static readonly ZLibCompressionOptions ZLib = new() { CompressionLevel = 3 };

    // More in flight than this would be memory without speed: half a MB each, for each layer that is being pushed.
    private static readonly int InFlight = Math.Clamp(Environment.ProcessorCount, 2, 8);
    private readonly ConcurrentBag<GzipMember> compressors = [];

    /// <summary>Compresses all of a stream.</summary>
    /// <param name="source">What to compress.</param>
    /// <param name="target">Where to; nothing is written to it after a failure.</param>
    /// <param name="progress">Told the uncompressed bytes done.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task CompressAsync(Stream source, Stream target, Action<long> progress, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var blocks = Channel.CreateBounded<Task<Block>>(InFlight);
        Task reading = ReadAsync(source, blocks.Writer, stop.Token);
        try
        {
            long done = 0;
            await foreach (Task<Block> next in blocks.Reader.ReadAllAsync(cancellationToken))
            {
                using Block block = await next;
                await target.WriteAsync(block.Packed, cancellationToken);
                progress(done += block.Size);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (compressors.TryTake(out GzipMember? compressor))
            compressor.Dispose();
    }

    /// <summary>Begins the compression of block after block, in order; at least one, so that nothing becomes an empty member.</summary>
    private async Task ReadAsync(Stream source, ChannelWriter<Task<Block>> blocks, CancellationToken cancellationToken)
    {
        try
        {
            int read;
            bool isFirst = true;
            do
            {
                byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
                int size = read = await source.ReadAtLeastAsync(block.AsMemory(0, BlockSize), BlockSize, throwOnEndOfStream: false, cancellationToken);
                if (read > 0 || isFirst)
                    await blocks.WriteAsync(Task.Run(() => Pack(block, size), cancellationToken), cancellationToken);
                isFirst = false;
            }
            while (read == BlockSize);
            blocks.Complete();
        }
        catch (Exception exception)
        {
            blocks.Complete(exception);
        }
    }

    private Block Pack(byte[] content, int size)
    {
        Block block = withLibdeflate ? PackFast(content.AsSpan(0, size)) : PackWithZLib(content.AsSpan(0, size));
        ArrayPool<byte>.Shared.Return(content);
        return block;
    }

    private Block PackFast(ReadOnlySpan<byte> content)
    {
        GzipMember compressor = compressors.TryTake(out GzipMember? idle) ? idle : new GzipMember(Level);
        byte[] packed = ArrayPool<byte>.Shared.Rent(compressor.Bound(content.Length));
        int length = compressor.Compress(content, packed);
        compressors.Add(compressor);
        return new Block(packed, length, content.Length);
    }

    private static Block PackWithZLib(ReadOnlySpan<byte> content)
    {
        // What cannot be compressed grows by 5 bytes for each 16 kB and by the member's head and tail.
        byte[] packed = ArrayPool<byte>.Shared.Rent(content.Length + content.Length / 1024 + 1024);
        using var target = new MemoryStream(packed);
        using (var gzip = new GZipStream(target, ZLib, leaveOpen: true))
            gzip.Write(content);
        return new Block(packed, (int)target.Position, content.Length);
    }

    /// <summary>A finished member in a rented buffer.</summary>
    private readonly struct Block(byte[] buffer, int length, int size) : IDisposable
    {
        internal ReadOnlyMemory<byte> Packed => buffer.AsMemory(0, length);

        /// <summary>Bytes before compression.</summary>
        internal int Size => size;

        public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);
    }
}
