using System.IO.Compression;
using Argosy.Images.Content;
using Argosy.Linux.Compression;
using Argosy.Testing;

namespace Argosy.Images.Tests;

/// <summary>With libdeflate where it is installed, and with zlib.</summary>
public sealed class BlockGzipTests
{
    private const int Block = 250_000;

    public static TheoryData<bool, int> Cases()
    {
        var cases = new TheoryData<bool, int>();
        foreach (bool fast in GzipMember.IsAvailable ? new[] { true, false } : [false])
        {
            foreach (int size in (int[])[0, 1, Block - 1, Block, Block + 1, 20 * Block + 12_345])
                cases.Add(fast, size);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task What_is_compressed_comes_back_whole_and_is_the_same_each_time(bool fast, int size)
    {
        byte[] content = Content(size);
        var done = new List<long>();
        byte[] packed = await PackAsync(fast, content, done.Add);
        Assert.Equal(content, Unpack(packed));
        Assert.Equal(packed, await PackAsync(fast, content, _ => { }));
        Assert.Equal(size, done[^1]);
        Assert.Equal(done.Order(), done);
    }

    [Fact]
    public async Task Gnu_gzip_reads_it()
    {
        byte[] content = Content(3 * Block + 77);
        string directory = Directory.CreateTempSubdirectory("argosy-gzip-").FullName;
        try
        {
            await File.WriteAllBytesAsync($"{directory}/x.gz", await PackAsync(GzipMember.IsAvailable, content, _ => { }));
            Assert.Equal(0, (await Shell.RunAsync("gzip", ["-d", $"{directory}/x.gz"])).ExitCode);
            Assert.Equal(content, await File.ReadAllBytesAsync($"{directory}/x"));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task Content_that_does_not_compress_grows_by_little()
    {
        byte[] content = new byte[5 * Block];
        new Random(1).NextBytes(content);
        foreach (bool fast in new[] { GzipMember.IsAvailable, false })
            Assert.InRange((await PackAsync(fast, content, _ => { })).Length, content.Length, content.Length + content.Length / 500);
    }

    [Fact]
    public async Task A_target_that_breaks_ends_it()
    {
        using var gzip = new BlockGzip(GzipMember.IsAvailable);
        using var target = new MemoryStream(new byte[1000]);
        using var source = new MemoryStream(Content(30 * Block));
        await Assert.ThrowsAsync<NotSupportedException>(() => gzip.CompressAsync(source, target, _ => { }, CancellationToken.None));
    }

    [Fact]
    public async Task A_source_that_breaks_ends_it()
    {
        using var gzip = new BlockGzip(GzipMember.IsAvailable);
        using var target = new MemoryStream();
        using var source = new BrokenStream(Content(30 * Block), 5 * Block + 3);
        await Assert.ThrowsAsync<IOException>(() => gzip.CompressAsync(source, target, _ => { }, CancellationToken.None));
    }

    [Fact]
    public async Task It_ends_when_it_is_told_to()
    {
        using var gzip = new BlockGzip(GzipMember.IsAvailable);
        using var stop = new CancellationTokenSource();
        using var target = new MemoryStream();
        using var source = new MemoryStream(Content(30 * Block));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gzip.CompressAsync(source, target, _ => stop.Cancel(), stop.Token));
        Assert.True(target.Length < source.Length / 2);
    }

    private static async Task<byte[]> PackAsync(bool fast, byte[] content, Action<long> progress)
    {
        using var gzip = new BlockGzip(fast);
        using var source = new MemoryStream(content);
        using var target = new MemoryStream();
        await gzip.CompressAsync(source, target, progress, CancellationToken.None);
        return target.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
            gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    /// <summary>Half noise, half what compresses.</summary>
    private static byte[] Content(int size)
    {
        byte[] content = new byte[size];
        new Random(size).NextBytes(content.AsSpan(0, size / 2));
        return content;
    }
}
