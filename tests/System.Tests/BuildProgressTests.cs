using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary><c>argosy build --progress</c>: on a terminal, as data, and as lines.</summary>
[Trait("Needs", "Root")]
public sealed class BuildProgressTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>, IDisposable
{
    private readonly PrivateDaemon daemon = fixture.Daemon;
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-progress-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task A_terminal_shows_the_stages_that_run_and_may_be_resized_meanwhile()
    {
        Write("""
            FROM busybox AS slow
            RUN --mount=type=cache,target=/gate,id=progress echo one; echo two; until [ -e /gate/open ]; do sleep 0.05; done; echo a-rather-long-line-which-does-not-fit-into-fifty-columns
            FROM busybox
            RUN echo beside
            COPY --from=slow /bin/busybox /copied
            """);
        await using TerminalProgram program = Start("build -t shown " + directory, rows: 30, columns: 90);
        await Poll.UntilAsync(() => program.Text.Contains("=> => # two", StringComparison.Ordinal) && program.Text.Contains("[stage-1 2/3] RUN echo beside", StringComparison.Ordinal), "both stages are shown");
        Assert.Contains("/7)", program.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("COPY --from=slow", program.Text, StringComparison.Ordinal);
        foreach (int columns in (int[])[50, 120, 40])
        {
            await program.ResizeAsync(30, columns);
            // The time goes on: it has been drawn for this size.
            await Poll.UntilAsync(() => program.Widest > 0, "drawn anew");
            string text = program.Text;
            await Poll.UntilAsync(() => program.Text != text, "and again");
            Assert.InRange(program.Widest, 1, columns - 1);
            Assert.Equal(2, program.Text.Split("[+] Building").Length);
        }
        await File.WriteAllTextAsync(Path.Combine(GateDirectory(), "open"), "");
        Assert.Equal(0, await program.WaitAsync());
        Assert.Contains("(7/7) FINISHED", program.Text, StringComparison.Ordinal);
        Assert.Contains("=> [stage-1 3/3] COPY --from=", program.Text, StringComparison.Ordinal);
        Assert.Equal(2, program.Text.Split("[+] Building").Length);
        Assert.DoesNotContain("=> => # ", program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_terminal_shows_why_a_build_has_failed()
    {
        Write("FROM busybox\nRUN echo the reason; exit 3\n");
        await using TerminalProgram program = Start("build " + directory, rows: 30, columns: 100);
        Assert.Equal(3, await program.WaitAsync());
        Assert.Contains("=> ERROR [2/2] RUN echo the reason; exit 3", program.Text, StringComparison.Ordinal);
        Assert.Contains("------\n > [2/2] RUN echo the reason; exit 3:\nthe reason\n------", program.Text, StringComparison.Ordinal);
        Assert.Contains("returned a non-zero code: 3", program.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rawjson_is_what_BuildKits_clients_read()
    {
        Write("FROM busybox\nCOPY Dockerfile /\nRUN echo out; echo err >&2\n");
        ShellResult built = await ArgosyAsync("build", "--progress", "rawjson", "-t", "raw", directory);
        Assert.Equal("", built.Succeeded());
        JsonNode[] lines = [.. built.Error.TrimEnd('\n').Split('\n').Select(line => JsonNode.Parse(line)!)];
        JsonNode[] vertexes = [.. lines.SelectMany(line => line["vertexes"]?.AsArray() ?? []).Select(vertex => vertex!)];
        Assert.Equal(
            ["[internal] load build context", "[1/3] FROM busybox", "[2/3] COPY Dockerfile /", "[3/3] RUN echo out; echo err >&2", "exporting to image"],
            vertexes.Where(vertex => vertex["completed"] is not null).Select(vertex => (string?)vertex["name"]));
        JsonNode run = vertexes.Last(vertex => ((string)vertex["name"]!).StartsWith("[3/3]", StringComparison.Ordinal));
        Assert.StartsWith("sha256:", (string)run["digest"]!, StringComparison.Ordinal);
        Assert.True(DateTimeOffset.Parse((string)run["started"]!, null) <= DateTimeOffset.Parse((string)run["completed"]!, null));
        ILookup<int, string> output = lines.SelectMany(line => line["logs"]?.AsArray() ?? []).ToLookup(log => (int)log!["stream"]!, log => Encoding.UTF8.GetString(Convert.FromBase64String((string)log!["data"]!)));
        Assert.Equal("out\n", string.Concat(output[1]));
        Assert.Equal("err\n", string.Concat(output[2]));
        ShellResult again = await ArgosyAsync("build", "--progress", "rawjson", "-t", "raw", directory);
        Assert.Equal(2, again.Error.Split("\"cached\":true").Length - 1);
    }

    [Fact]
    public async Task Plain_and_no_terminal_are_the_steps_text_and_other_modes_are_refused()
    {
        Write("FROM busybox\nRUN echo out\n");
        Assert.Contains("Step 2/2 : RUN echo out", (await ArgosyAsync("build", "--progress", "plain", directory)).Succeeded(), StringComparison.Ordinal);
        Assert.Contains("Using cache", (await ArgosyAsync("build", directory)).Succeeded(), StringComparison.Ordinal);
        Assert.Contains("invalid progress mode fancy", (await ArgosyAsync("build", "--progress", "fancy", directory)).Error, StringComparison.Ordinal);
        Assert.Contains("not a terminal", (await ArgosyAsync("build", "--progress", "tty", directory)).Error, StringComparison.Ordinal);
        await using TerminalProgram program = Start("build --progress plain " + directory, rows: 30, columns: 100);
        Assert.Equal(0, await program.WaitAsync());
        Assert.StartsWith("Step 1/2 : FROM busybox", program.Text, StringComparison.Ordinal);
    }

    private void Write(string dockerfile) => File.WriteAllText(Path.Combine(directory, "Dockerfile"), dockerfile);

    /// <summary>The cache mount's directory: the only one of this daemon.</summary>
    private string GateDirectory() => Path.Combine(Assert.Single(Directory.GetDirectories(Path.Combine(daemon.DataRoot, "build-mounts"))), "data");

    private TerminalProgram Start(string arguments, int rows, int columns) =>
        TerminalProgram.Start($"{Repository.Cli} {arguments}", rows, columns, new Dictionary<string, string> { ["DOCKER_HOST"] = daemon.Host });

    private Task<ShellResult> ArgosyAsync(params string[] arguments) =>
        Shell.RunAsync(Repository.Cli, arguments, environment: new Dictionary<string, string?> { ["DOCKER_HOST"] = daemon.Host });
}
