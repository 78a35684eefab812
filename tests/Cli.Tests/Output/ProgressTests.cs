using System.Text;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Progress;
using Argosy.Linux.Terminal;
using Argosy.Testing;

namespace Argosy.Cli.Tests.Output;

public class ProgressTests
{
    private static readonly ProgressMessage[] Pull =
    [
        new() { Id = "1", Status = "Pulling from team/web" },
        new() { Id = "aaa", Status = "Pulling fs layer", ProgressDetail = new ProgressDetail() },
        new() { Id = "bbb", Status = "Pulling fs layer", ProgressDetail = new ProgressDetail() },
        new() { Id = "aaa", Status = "Downloading", ProgressDetail = new ProgressDetail { Current = 500_000, Total = 1_000_000 } },
        new() { Id = "bbb", Status = "Pull complete", ProgressDetail = new ProgressDetail() },
        new() { Status = "Digest: sha256:x" },
    ];

    [Fact]
    public async Task Without_a_terminal_each_change_is_a_line_and_bars_are_left_out() =>
        Assert.Equal("1: Pulling from team/web\naaa: Pulling fs layer\nbbb: Pulling fs layer\nbbb: Pull complete\nDigest: sha256:x\n", await PrintAsync(isTerminal: false, Pull));

    [Fact]
    public void On_a_terminal_each_layer_has_a_line_that_is_drawn_over()
    {
        var screen = new TerminalScreen(24, 80);
        Show(screen, Pull[..4]);
        Assert.Equal("1: Pulling from team/web\naaa: Downloading  [====================>                   ]  500kB/1MB\nbbb: Pulling fs layer", screen.Text);
        Show(screen = new TerminalScreen(24, 80), Pull);
        Assert.EndsWith("bbb: Pull complete\nDigest: sha256:x", screen.Text, StringComparison.Ordinal);
        Assert.Equal(4, screen.Lines.Count(line => line.Length > 0));
    }

    [Theory]
    [InlineData(60, "aaa: Downloading  [==============>             ]  500kB/1MB")]
    [InlineData(41, "aaa: Downloading  [====>    ]  500kB/1MB")]
    [InlineData(35, "aaa: Downloading  500kB/1MB")]
    [InlineData(12, "aaa: Downlo")]
    public void A_bar_is_as_wide_as_the_terminal_has_room_for(int columns, string line)
    {
        var screen = new TerminalScreen(24, columns);
        Show(screen, Pull[..4]);
        Assert.Equal(line, screen.Lines[1]);
    }

    [Fact]
    public void A_terminal_that_is_made_smaller_or_larger_shows_each_line_once()
    {
        var screen = new TerminalScreen(24, 80);
        using var output = new ScreenWriter(screen);
        var size = new TerminalSize(24, 80);
        using var lines = new ProgressLines(output, () => size);
        foreach (int columns in (int[])[80, 40, 30, 100, 20])
        {
            screen.Resize(24, columns);
            size = new TerminalSize(24, columns);
            foreach (ProgressMessage message in Pull[..4])
                lines.Show(message);
            Assert.Equal(3, screen.Lines.Count(line => line.Length > 0));
            Assert.InRange(screen.Widest, 1, columns - 1);
        }
    }

    [Fact]
    public void More_layers_than_the_screen_has_lines_show_those_that_move()
    {
        var screen = new TerminalScreen(5, 80);
        ProgressMessage[] waiting = [.. Enumerable.Range(0, 20).Select(n => new ProgressMessage { Id = $"layer{n}", Status = "Waiting" })];
        using var output = new ScreenWriter(screen);
        using var lines = new ProgressLines(output, () => new TerminalSize(5, 80));
        foreach (ProgressMessage message in waiting.Append(new ProgressMessage { Id = "layer3", Status = "Downloading", ProgressDetail = new ProgressDetail { Current = 1, Total = 2 } }))
            lines.Show(message);
        Assert.Contains("layer3: Downloading", screen.Text, StringComparison.Ordinal);
        Assert.InRange(screen.Lines.Count(line => line.Length > 0), 1, 4);
        lines.Dispose();
        Assert.Equal(20, screen.Lines.Count(line => line.Length > 0));
    }

    [Fact]
    public async Task An_error_in_the_stream_ends_the_command()
    {
        CliException failure = await Assert.ThrowsAsync<CliException>(() => PrintAsync(isTerminal: false, new ProgressMessage { Error = "no", ErrorDetail = new ProgressError { Message = "no such layer", Code = 3 } }));
        Assert.Equal(("no such layer", 3), (failure.Message, failure.ExitCode));
    }

    private static void Show(TerminalScreen screen, ProgressMessage[] messages)
    {
        using var output = new ScreenWriter(screen);
        using var lines = new ProgressLines(output, () => new TerminalSize(24, screen.Columns));
        foreach (ProgressMessage message in messages)
            lines.Show(message);
    }

    private static async Task<string> PrintAsync(bool isTerminal, params ProgressMessage[] messages)
    {
        using var output = new MemoryStream();
        await using var session = new CliSession(new GlobalOptions(), new StandardStreams(Stream.Null, output, Stream.Null) { OutputIsTerminal = isTerminal });
        await new ProgressPrinter(session, session.Out).PrintAsync(Lines(messages), CancellationToken.None);
        await session.Out.FlushAsync();
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private static async IAsyncEnumerable<ProgressMessage> Lines(ProgressMessage[] messages)
    {
        foreach (ProgressMessage message in messages)
        {
            await Task.Yield();
            yield return message;
        }
    }
}
