using System.Text;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Contract.Progress;

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
    public async Task On_a_terminal_each_layer_has_a_line_that_is_written_over()
    {
        string text = await PrintAsync(isTerminal: true, Pull);
        Assert.Contains("\u001b[2A\r\u001b[2Kaaa: Downloading  [====================>", text, StringComparison.Ordinal);
        Assert.Contains("500kB/1MB", text, StringComparison.Ordinal);
        Assert.Contains("\u001b[1A\r\u001b[2Kbbb: Pull complete\u001b[1B\r", text, StringComparison.Ordinal);
        Assert.EndsWith("Digest: sha256:x\n", text, StringComparison.Ordinal);
        Assert.Equal(4, text.Count(character => character == '\n'));
    }

    [Fact]
    public async Task An_error_in_the_stream_ends_the_command()
    {
        CliException failure = await Assert.ThrowsAsync<CliException>(() => PrintAsync(isTerminal: false, new ProgressMessage { Error = "no", ErrorDetail = new ProgressError { Message = "no such layer", Code = 3 } }));
        Assert.Equal(("no such layer", 3), (failure.Message, failure.ExitCode));
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
