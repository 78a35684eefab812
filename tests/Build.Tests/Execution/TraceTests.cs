using System.Text;
using Argosy.Build.Tests.Fakes;
using Argosy.Core;

namespace Argosy.Build.Tests.Execution;

public class TraceTests
{
    private const string TwoStages = "FROM base AS tools\nRUN make tools\nFROM base\nENV A=b\nWORKDIR /w\nCOPY --from=tools /ran /bin\nCOPY file /file\n";

    [Fact]
    public async Task The_whole_graph_is_told_before_anything_runs()
    {
        await using BuildFixture fixture = Traced();
        await fixture.With("file", "1").BuildAsync(TwoStages);
        IReadOnlyList<BuildVertex> first = fixture.Traced.First().Vertexes;
        Assert.Equal(
            ["[tools 1/2] FROM base", "[tools 2/2] RUN make tools", "[stage-1 1/4] FROM base", "[stage-1 2/4] WORKDIR /w", "[stage-1 3/4] COPY --from=tools /ran /bin", "[stage-1 4/4] COPY file /file", "exporting to image"],
            first.Select(vertex => vertex.Name));
        Assert.All(first, vertex => Assert.Null(vertex.Started));
        Assert.Equal(first.Count, first.Select(vertex => vertex.Digest).Distinct().Count());
        Assert.Equal([first[3].Digest, first[1].Digest], first[4].Inputs);
        Assert.Equal([first[5].Digest], first[6].Inputs);
        Assert.Empty(first[2].Inputs);
    }

    [Fact]
    public async Task Each_step_begins_and_ends_once_and_no_text_is_sent()
    {
        await using BuildFixture fixture = Traced();
        await fixture.With("file", "1").BuildAsync(TwoStages);
        foreach (BuildVertex planned in fixture.Traced.First().Vertexes)
        {
            BuildVertex[] told = [.. Told(fixture).Where(vertex => vertex.Digest == planned.Digest)];
            Assert.Equal(2, told.Length);
            Assert.Null(told[0].Completed);
            Assert.True(told[1].Completed >= told[1].Started && !told[1].Cached && told[1].Error is null, told[1].ToString());
        }
        Assert.Equal("", fixture.Output);
    }

    [Fact]
    public async Task A_step_that_copies_from_a_stage_begins_when_that_is_done()
    {
        await using BuildFixture fixture = Traced();
        await fixture.With("file", "1").BuildAsync(TwoStages);
        List<string> order = [.. Told(fixture).Select(vertex => (vertex.Completed is null ? "begin " : "end ") + vertex.Name)];
        Assert.True(order.IndexOf("end [tools 2/2] RUN make tools") < order.IndexOf("begin [stage-1 3/4] COPY --from=tools /ran /bin"), string.Join('\n', order));
    }

    [Fact]
    public async Task What_is_in_the_cache_is_said_to_be()
    {
        await using BuildFixture fixture = Traced();
        await fixture.BuildAsync("FROM base\nRUN a\n");
        fixture.Traced.Clear();
        await fixture.BuildAsync("FROM base\nRUN a\nRUN b\n");
        Assert.Equal(["[2/3] RUN a"], Told(fixture).Where(vertex => vertex.Cached).Select(vertex => vertex.Name));
    }

    [Fact]
    public async Task Output_comes_as_the_bytes_that_were_written()
    {
        await using BuildFixture fixture = Traced();
        await fixture.BuildAsync("FROM base\nRUN a\n");
        Digest run = fixture.Traced.First().Vertexes[1].Digest;
        VertexLog[] logs = [.. fixture.Traced.SelectMany(trace => trace.Logs)];
        Assert.All(logs, log => Assert.Equal((run, 1), (log.Vertex, log.Stream)));
        Assert.Equal("out é\n", Encoding.UTF8.GetString([.. logs.SelectMany(log => log.Data.ToArray())]));
    }

    [Fact]
    public async Task A_step_that_fails_says_why()
    {
        await using BuildFixture fixture = Traced();
        fixture.Runner.Act = (_, _) => 3;
        await Assert.ThrowsAsync<BuildException>(() => fixture.BuildAsync("FROM base\nRUN fails\n"));
        BuildVertex failed = Told(fixture).Last();
        Assert.Equal("[2/2] RUN fails", failed.Name);
        Assert.Contains("returned a non-zero code: 3", failed.Error, StringComparison.Ordinal);
        Assert.NotNull(failed.Completed);
    }

    [Fact]
    public async Task Warnings_and_triggers_are_told()
    {
        await using BuildFixture fixture = Traced();
        await fixture.With("a", "1").BuildAsync("FROM trigger\n", request => request with { Arguments = new Dictionary<string, string?> { ["NOBODY"] = "1" } });
        Assert.Equal(["[1/1] FROM trigger", "[stage-0] ONBUILD COPY a /from-trigger", "exporting to image"], Told(fixture).Where(vertex => vertex.Completed is not null).Select(vertex => vertex.Name));
        Assert.Equal(["[Warning] One or more build-args [NOBODY] were not consumed"], fixture.Traced.SelectMany(trace => trace.Warnings).Select(warning => warning.Text));
    }

    private static BuildFixture Traced() => new() { Traces = true };

    private static IEnumerable<BuildVertex> Told(BuildFixture fixture) => fixture.Traced.SelectMany(trace => trace.Vertexes).Where(vertex => vertex.Started is not null);
}
