using System.Text;
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
        LogEntry entry = Assert.Single(await EntriesAsync(new LogQuery()));
        Assert.Equal([0xff, 0x00, 0x1b, (byte)'\n'], entry.Bytes.ToArray());
        Assert.Equal("2026-11-22T15:44:08.674134610Z", entry.TimestampText);
    }

    [Fact]
    public async Task A_follower_sees_every_line_until_the_end_and_over_a_replaced_file()
    {
        Write(Line(1, "stdout F 0"));
        var ended = new TaskCompletionSource();
        Task<IReadOnlyList<string>> reading = ReadAsync(new LogQuery { Follow = true }, ended.Task);
        for (int i = 1; i < 300; i++)
            await File.AppendAllTextAsync(Log, Line(1, $"stdout F {i}"));
        // Only what was written after the last look may be lost with a replaced file, so wait until the reader has caught up.
        await Task.Delay(200);
        File.WriteAllText(Log + ".tmp", Line(1, "stdout F 300"));
        File.Move(Log + ".tmp", Log, overwrite: true);
        await Task.Delay(50);
        await File.AppendAllTextAsync(Log, Line(1, "stdout F 301"));
        ended.SetResult();
        Assert.Equal(Enumerable.Range(0, 302).Select(i => $"1:{i}\n"), await reading.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task A_missing_log_is_empty() => Assert.Empty(await ReadAsync(new LogQuery()));

    private static DateTimeOffset At(int second) => new(2026, 11, 22, 10, 0, second, TimeSpan.Zero);

    private static string Line(int second, string text) => $"2026-11-22T10:00:{second:00}.000000000+00:00 {text}\n";

    private void Write(params string[] lines) => File.WriteAllText(Log, string.Concat(lines));

    private async Task<IReadOnlyList<LogEntry>> EntriesAsync(LogQuery query, Task? ended = null)
    {
        var entries = new List<LogEntry>();
        await foreach (LogEntry entry in new ContainerLogs(watcher).ReadAsync(Log, query, ended ?? Task.CompletedTask))
            entries.Add(entry);
        return entries;
    }

    private async Task<IReadOnlyList<string>> ReadAsync(LogQuery query, Task? ended = null) =>
        [.. (await EntriesAsync(query, ended)).Select(entry => $"{entry.Stream}:{Encoding.UTF8.GetString(entry.Bytes.Span)}")];
}
