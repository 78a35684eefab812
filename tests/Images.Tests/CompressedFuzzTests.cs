using System.IO.Compression;
using Argosy.Core;
using Argosy.Images.Layers;
using Argosy.Testing;
using Xunit.Abstractions;

namespace Argosy.Images.Tests;

/// <summary>Layers whose compression is cut off, damaged or a bomb: taken whole or refused in words, with nothing left behind.</summary>
[Trait("Needs", "Root")]
public sealed class CompressedFuzzTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Limit = 1 << 20;
    private readonly TestStore store = new(limits: new LayerLimits { MaximumBytes = Limit, MaximumEntries = 100 });

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await store.DisposeAsync();

    [Fact]
    public void Gzip() => Run(content => Pack(content, stream => new GZipStream(stream, CompressionLevel.Optimal)), 2_500);

    [Fact]
    public void Zstd() => Run(content =>
    {
        using var compressor = new ZstdSharp.Compressor();
        compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, content.Length % 2);
        return compressor.Wrap(content).ToArray();
    }, 2_500);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Zeros_behind_the_archive_have_an_end(bool gzip)
    {
        // 512 MB in half a MB: no byte of it would ever be on the disk.
        byte[] tar = Tar.Of(Tar.File("file", "x"));
        byte[] blob = Pack(tar, stream => gzip ? new GZipStream(stream, CompressionLevel.Fastest) : new ZstdSharp.CompressionStream(stream), zeros: 512);
        EngineException refused = await Assert.ThrowsAsync<EngineException>(() => store.AddLayerAsync(tar, null, blob));
        Assert.Contains("the archive has more than 68567040 bytes", refused.Message, StringComparison.Ordinal);
        AssertEmpty();
    }

    /// <summary>Any change to the compressed bytes: what unpacks to the same tar is a layer, everything else is refused.</summary>
    private void Run(Func<byte[], byte[]> pack, int inputs)
    {
        byte[] tar = Tar.Of(Tar.Directory("dir/"), Tar.File("dir/file", string.Concat(Enumerable.Range(0, 2000))), Tar.Link("link", "dir"));
        byte[] bomb = Tar.Of(Tar.File("bomb", new string('x', 3 * Limit)));
        byte[] half = pack(tar[..1000]), rest = pack(tar[1000..]);
        // Whole, in two parts, with a bomb in it or behind it, and none at all.
        byte[][] seeds = [pack(tar), [.. half, .. rest], pack(bomb), [.. pack(tar), .. pack(bomb)], pack([]), tar];
        var fuzzer = new Fuzzer(seeds, ["\x1f\x8b\b\0", "(\u00b5/\u00fd", "\0\0\0\0"]);
        int taken = 0;
        try
        {
            fuzzer.Run(inputs, input => taken += Try(tar, input) ? 1 : 0);
        }
        finally
        {
            output.WriteLine($"ARGOSY_FUZZ_SEED={fuzzer.Seed}: {fuzzer.Count} inputs, {taken} of them layers");
        }
        // The first two, at the least.
        Assert.True(taken >= 2);
    }

    private bool Try(byte[] tar, byte[] blob)
    {
        try
        {
            store.AddLayerAsync(tar, null, blob).GetAwaiter().GetResult();
            store.Collector.CollectAsync().GetAwaiter().GetResult();
            return true;
        }
        catch (EngineException refused) when (refused.Kind == ErrorKind.InvalidArgument)
        {
            Assert.NotEmpty(refused.Message);
            return false;
        }
        finally
        {
            AssertEmpty();
        }
    }

    private void AssertEmpty()
    {
        Assert.Empty(store.Layers.All);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(store.Paths.Layers, ".new")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(store.Paths.Content, "ingest")));
    }

    private static byte[] Pack(byte[] content, Func<Stream, Stream> open, int zeros = 0)
    {
        var packed = new MemoryStream();
        using (Stream packer = open(packed))
        {
            packer.Write(content);
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < zeros; i++)
                packer.Write(megabyte);
        }
        return packed.ToArray();
    }
}
