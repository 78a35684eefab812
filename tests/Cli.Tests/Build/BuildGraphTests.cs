using System.Text;
using Argosy.Cli.Build.Progress;
using Argosy.Cli.Output;
using Argosy.Cli.Tests.Output;
using Argosy.Contract.Build;
using Argosy.Linux.Terminal;
using Argosy.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Argosy.Cli.Tests.Build;

public class BuildGraphTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(Begin);

    [Fact]
    public void Steps_are_lines_with_their_state_and_time()
    {
        BuildGraph graph = Graph(
            Step("a", "[1/3] FROM busybox", 0, 0), Step("b", "[2/3] COPY . /", 0, 1) with { Cached = true }, Step("c", "[3/3] RUN make", 1), Step("d", "exporting to image"));
        clock.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal(
            """
            [+] Building 2.5s (2/4)
             => [1/3] FROM busybox              0.0s
             => CACHED [2/3] COPY . /           1.0s
             => [3/3] RUN make                  2.5s
            """,
            Text(graph, 40));
    }

    [Fact]
    public void A_running_step_shows_the_last_lines_of_its_output_and_an_ended_one_none()
    {
        BuildGraph graph = Graph(Step("a", "[1/1] RUN make", 0));
        graph.Update(Log("a", string.Concat(Enumerable.Range(0, 10).Select(n => $"line {n}\n")) + "half"));
        Assert.EndsWith(" => => # line 8\n => => # line 9\n => => # half", Text(graph, 40), StringComparison.Ordinal);
        Assert.Equal(2 + 6, Text(graph, 40).Split('\n').Length);
        graph.Update(new BuildStatus { Vertexes = [Step("a", "[1/1] RUN make", 0, 1)] });
        Assert.DoesNotContain("# line", Text(graph, 40), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_step_tells_what_it_has_printed_and_one_that_was_stopped_does_not()
    {
        BuildGraph graph = Graph(Step("a", "[1/2] RUN false", 0), Step("b", "[2/2] RUN sleep", 0));
        graph.Update(Log("a", "why\n"));
        graph.Update(Log("b", "nothing\n"));
        graph.Update(new BuildStatus { Vertexes = [Step("a", "[1/2] RUN false", 0, 1) with { Error = "exit code: 1" }, Step("b", "[2/2] RUN sleep", 0, 1) with { Error = "context canceled" }] });
        Assert.Contains(" => ERROR [1/2] RUN false", Text(graph, 60), StringComparison.Ordinal);
        Assert.Contains(" => CANCELED [2/2] RUN sleep", Text(graph, 60), StringComparison.Ordinal);
        Assert.Equal(["------", " > [1/2] RUN false:", "why", "------"], graph.FailureLines());
    }

    [Fact]
    public void Warnings_of_the_checks_come_last_with_their_lines()
    {
        BuildGraph graph = Graph(Step("a", "[1/1] RUN make", 0, 1));
        var source = new BuildSourceInfo { FileName = "Dockerfile", Data = "FROM a\nCMD b\n"u8.ToArray() };
        var range = new BuildSourceRange { Start = new BuildSourcePosition { Line = 2 }, End = new BuildSourcePosition { Line = 2 } };
        graph.Update(new BuildStatus { Warnings = [new BuildWarning { Short = "Rule: text (line 2)"u8.ToArray(), Source = source, Range = [range] }, new BuildWarning { Short = "a cache is gone"u8.ToArray() }] });
        Assert.Equal(
            """
            a cache is gone

             1 warning found:
             - Rule: text (line 2)
            Dockerfile:2
            --------------------
               1 |     FROM a
               2 | >>> CMD b
               3 |     
            --------------------
            """,
            string.Join('\n', graph.WarningLines()));
    }

    [Fact]
    public void Output_cannot_move_the_cursor_and_a_carriage_return_begins_a_line_anew()
    {
        var log = new StepLog();
        log.Add("\u001b[31mred\u001b[0m\u001b[2J\n 10%\r 50%\r100%\r\n\u001b]0;title\u0007x\ty\u0008\nä"u8.ToArray()[..^1]);
        Assert.Equal(["red", "100%", "x  y"], log.Kept);
        log.Add([0xa4]);
        Assert.Equal("ä", log.Kept[^1]);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(120)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        BuildGraph graph = Graph(Step("a", "[stage-1 1/1] RUN echo 日本語日本語日本語 " + new string('x', 200), 0));
        graph.Update(Log("a", new string('y', 300)));
        graph.Update(new BuildStatus { Statuses = [new BuildStepPart { Vertex = "a", Id = "layer", Name = "Downloading", Current = 1, Total = 2 }] });
        var screen = new TerminalScreen(24, width);
        using var output = new ScreenWriter(screen);
        new LiveBlock(output, () => new TerminalSize(24, width)).Draw(graph.Lines(width - 1, isEnd: false));
        Assert.All(screen.Lines, line => Assert.InRange(TextWidth.Of(line), 0, width - 1));
        Assert.Contains("0.0s", screen.Lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_view_survives_every_change_of_size()
    {
        BuildGraph graph = Graph([.. Enumerable.Range(0, 12).Select(n => Step($"s{n}", $"[{n}/12] RUN a command that is somewhat long {n}", 0, n < 9 ? 1 : null))]);
        // High enough for the lines wrapped as they may be: what has scrolled off cannot be drawn over.
        var screen = new TerminalScreen(100, 100);
        using var output = new ScreenWriter(screen);
        var size = new TerminalSize(100, 100);
        var block = new LiveBlock(output, () => size);
        foreach ((int rows, int columns) in (ReadOnlySpan<(int, int)>)[(100, 100), (100, 31), (100, 200), (100, 50), (80, 100)])
        {
            size = new TerminalSize(rows, columns);
            screen.Resize(rows, columns);
            block.Draw(graph.Lines(block.Width, isEnd: false));
            Assert.Single(screen.Lines, line => line.StartsWith("[+] Building", StringComparison.Ordinal));
            Assert.Equal(13, screen.Lines.Count(line => line.Length > 0));
            Assert.InRange(screen.Widest, 1, columns - 1);
        }
        size = new TerminalSize(6, 100);
        block.Draw(graph.Lines(block.Width, isEnd: false));
        Assert.Equal(5, screen.Lines.Count(line => line.Length > 0));
        Assert.All([9, 10, 11], n => Assert.Contains($"[{n}/12]", screen.Text, StringComparison.Ordinal));
        block.Finish(graph.Lines(block.Width, isEnd: true));
        Assert.Equal(13, screen.Lines.Count(line => line.Length > 0));
    }

    private BuildGraph Graph(params BuildStep[] steps)
    {
        var graph = new BuildGraph(clock);
        graph.Update(new BuildStatus { Vertexes = [.. steps] });
        return graph;
    }

    private static string Text(BuildGraph graph, int width) => string.Join('\n', graph.Lines(width, isEnd: false).Select(line => line.Text));

    private static BuildStep Step(string digest, string name, double? started = null, double? completed = null) =>
        new() { Digest = digest, Name = name, Started = started is { } start ? Begin.AddSeconds(start - started.Value) : null, Completed = completed is { } end ? Begin.AddSeconds(end) : null };

    private static BuildStatus Log(string vertex, string text) => new() { Logs = [new BuildStepLog { Vertex = vertex, Stream = 1, Data = Encoding.UTF8.GetBytes(text) }] };
}
