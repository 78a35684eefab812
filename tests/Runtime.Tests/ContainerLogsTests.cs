using System.IO.Compression;
using System.Text;
using Argosy.Linux.Files;
using Argosy.Linux.Processes;
using Argosy.Runtime.Logs;

namespace Argosy.Runtime.Tests;

public sealed class ContainerLogsTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-log-").FullName;
    private readonly FileWatcher watcher = new();

    private string Log => Path.Combine(directory, "log");

    public void Dispose()
    {
        watcher.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Pieces_are_joined_to_lines_per_stream()
    {
        Write(Line(1, "stdout P ab"), Line(2, "stderr F error"), Line(3, "stdout F cd"), Line(4, "stdout P end"));
        Assert.Equal(["2:error\n", "1:abcd\n", "1:end"], await ReadAsync(new LogQuery()));
    }

    [Fact]
    public async Task Streams_and_times_are_chosen()
    {
        Write(Line(1, "stdout F one"), Line(2, "stderr F two"), Line(3, "stdout F three"), Line(4, "stdout F four"));
        Assert.Equal(["2:two\n"], await ReadAsync(new LogQuery { Stdout = false }));
        Assert.Equal(["2:two\n", "1:three\n"], await ReadAsync(new LogQuery { Since = At(2), Until = At(3) }));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "1:e\n")]
    [InlineData(2, "1:cd\n1:e\n")]
    [InlineData(3, "2:b\n1:cd\n1:e\n")]
    [InlineData(9, "1:a\n2:b\n1:cd\n1:e\n")]
    public async Task The_tail_counts_lines_and_not_pieces(int lines, string expected)
    {
        Write(Line(1, "stdout F a"), Line(2, "stderr F b"), Line(3, "stdout P c"), Line(4, "stdout F d"), Line(5, "stdout F e"));
        Assert.Equal(expected, string.Concat(await ReadAsync(new LogQuery { Tail = lines })));
    }

    [Theory]
    [InlineData(1, "1:abc\n")]
    [InlineData(2, "2:x\n1:abc\n")]
    [InlineData(3, "2:w\n2:x\n1:abc\n")]
    public async Task The_tail_has_the_beginning_of_a_line_that_the_other_stream_went_across(int lines, string expected)
    {
        Write(Line(1, "stdout F 0"), Line(1, "stdout P a"), Line(2, "stderr F w"), Line(2, "stdout P b"), Line(2, "stderr F x"), Line(3, "stdout F c"));
        Assert.Equal(expected, string.Concat(await ReadAsync(new LogQuery { Tail = lines })));
    }

    [Fact]
    public async Task An_unfinished_last_line_counts_for_the_tail()
    {
        Write(Line(1, "stdout F a"), Line(2, "stdout F b"), Line(3, "stdout P c"));
        Assert.Equal(["1:b\n", "1:c"], await ReadAsync(new LogQuery { Tail = 2 }));
    }

    [Fact]
    public async Task The_tail_of_a_log_of_many_blocks_is_found()
    {
        Write([.. Enumerable.Range(0, 20_000).Select(i => Line(1, $"stdout F line {i} {new string('x', i % 97)}"))]);
        IReadOnlyList<string> tail = await ReadAsync(new LogQuery { Tail = 5000 });
        Assert.Equal(5000, tail.Count);
        Assert.StartsWith("1:line 15000 ", tail[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Binary_bytes_and_nanoseconds_are_kept()
    {
        File.WriteAllBytes(Log, [.. "2026-11-22T17:44:08.674134610+02:00 stdout F "u8, 0xff, 0x00, 0x1b, (byte)'\n']);
        var texts = new List<(string, byte[])>();
        await foreach (IReadOnlyList<LogEntry> batch in new ContainerLogs(watcher).ReadAsync(Log, new LogQuery(), Task.CompletedTask))
            texts.AddRange(batch.Select(entry => (entry.TimestampText, entry.Bytes.ToArray())));
        (string time, byte[] bytes) = Assert.Single(texts);
        Assert.Equal([0xff, 0x00, 0x1b, (byte)'\n'], bytes);
        Assert.Equal("2026-11-22T15:44:08.674134610Z", time);
    }

    [Fact]
    public async Task A_line_that_a_full_disk_has_torn_does_not_hide_the_others()
    {
        Write(Line(1, "stdout F a"), "2026-11-22T10:0\n", "\n", Line(2, "stdout F b"));
        Assert.Equal(["1:a\n", "1:b\n"], await ReadAsync(new LogQuery()));
        Assert.Equal(["1:a\n", "1:b\n"], await ReadAsync(new LogQuery { Tail = 2 }));
    }

    [Fact]
    public async Task All_files_of_a_rotated_log_are_read_the_oldest_first()
    {
        WriteRotated();
        Assert.Equal(Numbers(1, 40), await ReadAsync(new LogQuery()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(19)]
    [InlineData(20)]
    [InlineData(25)]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(40)]
    [InlineData(100)]
    public async Task The_tail_goes_back_into_rotated_and_compressed_files(int lines)
    {
        WriteRotated();
        Assert.Equal(Numbers(Math.Max(1, 41 - lines), 40), await ReadAsync(new LogQuery { Tail = lines }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(15)]
    [InlineData(20)]
    [InlineData(21)]
    [InlineData(35)]
    [InlineData(40)]
    public async Task Since_goes_back_into_rotated_and_compressed_files(int second)
    {
        WriteRotated();
        Assert.Equal(Numbers(second, 40), await ReadAsync(new LogQuery { Since = At(second) }));
    }

    [Fact]
    public async Task A_line_that_begins_in_one_file_and_ends_in_the_next_is_one_line()
    {
        File.WriteAllText(Log + ".1", Line(1, "stdout F a") + Line(2, "stdout P b"));
        Write(Line(3, "stdout F c"), Line(4, "stdout F d"));
        Assert.Equal(["1:a\n", "1:bc\n", "1:d\n"], await ReadAsync(new LogQuery()));
        Assert.Equal(["1:bc\n", "1:d\n"], await ReadAsync(new LogQuery { Tail = 2 }));
    }

    [Fact]
    public async Task A_file_with_two_names_is_read_once()
    {
        Write(Line(1, "stdout F a"), Line(2, "stdout F b"));
        HardLink.Create(Log, Log + ".1");
        Assert.Equal(["1:a\n", "1:b\n"], await ReadAsync(new LogQuery()));
        Assert.Equal(["1:b\n"], await ReadAsync(new LogQuery { Tail = 1 }));
        Assert.Equal(["1:b\n"], await ReadAsync(new LogQuery { Since = At(2) }));
    }

    [Fact]
    public async Task The_ends_of_a_long_log_are_found_without_reading_it()
    {
        await using (var writer = new StreamWriter(Log))
            for (int i = 0; i < 300_000; i++)
                await writer.WriteAsync($"2026-11-22T10:{i / 6000:00}:{i / 100 % 60:00}.{i % 100:00}0000000+00:00 stdout F line {i}\n");
        var files = new LogFiles(Log);
        var tail = new LogSearch(files);
        Assert.NotNull(tail.Tail(100));
        Assert.InRange(tail.BytesRead, 1, 5 * 64 * 1024);
        var since = new LogSearch(files);
        using var reader = new LogReader(files);
        reader.MoveTo(since.Since(new DateTimeOffset(2026, 11, 22, 10, 49, 59, TimeSpan.Zero))!.Value);
        while (await reader.ReadLinesAsync(default) is { IsEmpty: false })
        {
        }
        Assert.InRange(since.BytesRead + reader.BytesRead, 1, 10 * 64 * 1024);
        Assert.True(new FileInfo(Log).Length > 15_000_000);
        Assert.Equal(100, (await ReadAsync(new LogQuery { Since = new DateTimeOffset(2026, 11, 22, 10, 49, 59, TimeSpan.Zero) })).Count);
    }

    [Fact]
    public async Task A_follower_sees_every_line_once_however_often_the_log_is_rotated_under_it()
    {
        Write();
        var ended = new TaskCompletionSource();
        Task<IReadOnlyList<string>> reading = ReadAsync(new LogQuery { Follow = true }, ended.Task);
        int line = 0;
        for (int file = 1; file <= 30; file++)
        {
            for (int i = 0; i < 50; i++)
                await File.AppendAllTextAsync(Log, Line(1, $"stdout F {++line}"));
            // As rotation does it, and with a writer that goes on for a while with the old file.
            HardLink.Create(Log, $"{Log}.{file}");
            await File.AppendAllTextAsync(Log, Line(1, $"stdout F {++line}"));
            File.WriteAllText(Log + ".tmp", "");
            File.Move(Log + ".tmp", Log, overwrite: true);
            if (file % 2 == 0)
                Compress(file);
        }
        ended.SetResult();
        Assert.Equal(Numbers(1, line), await reading.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_missing_log_is_empty() => Assert.Empty(await ReadAsync(new LogQuery()));

    /// <summary>Forty lines in four files: 1 compressed, 2 compressed, 3 plain, the live one.</summary>
    private void WriteRotated()
    {
        foreach (int file in new[] { 1, 2, 3 })
            File.WriteAllText($"{Log}.{file}", string.Concat(Enumerable.Range((file * 10) - 9, 10).Select(i => Line(i, $"stdout F {i}"))));
        Compress(1);
        Compress(2);
        Write([.. Enumerable.Range(31, 10).Select(i => Line(i, $"stdout F {i}"))]);
    }

    private void Compress(int number)
    {
        using (FileStream source = File.OpenRead($"{Log}.{number}"))
        using (var target = new GZipStream(File.Create($"{Log}.{number}.gz.tmp"), CompressionLevel.Fastest))
            source.CopyTo(target);
        File.Move($"{Log}.{number}.gz.tmp", $"{Log}.{number}.gz");
        File.Delete($"{Log}.{number}");
    }

    private static DateTimeOffset At(int second) => new(2026, 11, 22, 10, 0, second, TimeSpan.Zero);

    private static string Line(int second, string text) => $"2026-11-22T10:00:{second:00}.000000000+00:00 {text}\n";

    private static IEnumerable<string> Numbers(int first, int last) => Enumerable.Range(first, last - first + 1).Select(i => $"1:{i}\n");

    private void Write(params string[] lines) => File.WriteAllText(Log, string.Concat(lines));

    private async Task<IReadOnlyList<string>> ReadAsync(LogQuery query, Task? ended = null)
    {
        var texts = new List<string>();
        await foreach (IReadOnlyList<LogEntry> batch in new ContainerLogs(watcher).ReadAsync(Log, query, ended ?? Task.CompletedTask))
            texts.AddRange(batch.Select(entry => $"{entry.Stream}:{Encoding.UTF8.GetString(entry.Bytes.Span)}"));
        return texts;
    }
}
