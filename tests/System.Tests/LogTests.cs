using System.Globalization;
using System.Text;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class LogTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task Tail_gives_the_last_lines()
    {
        string id = await EndedAsync("seq 1 100");
        Assert.Equal("98\n99\n100\n", await api.LogsAsync(id, "stdout=1&tail=3"));
        Assert.Equal("", await api.LogsAsync(id, "stdout=1&tail=0"));
        Assert.Equal(292, (await api.LogsAsync(id, "stdout=1&tail=all")).Length);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Streams_are_kept_apart()
    {
        string id = await EndedAsync("echo out; echo err >&2; printf unfinished");
        Assert.Equal("out\nunfinished", await api.LogsAsync(id, "stdout=1"));
        Assert.Equal("err\n", await api.LogsAsync(id, "stderr=1"));
        Assert.Equal(400, (await api.SendAsync(HttpMethod.Get, $"containers/{id}/logs")).Status);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Timestamps_are_those_that_since_and_until_take()
    {
        string id = await EndedAsync("echo one; sleep 0.3; echo two; sleep 0.3; echo three");
        string[] lines = (await api.LogsAsync(id, "stdout=1&timestamps=1")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["one", "two", "three"], lines.Select(line => line.Split(' ')[1]));
        DateTimeOffset second = DateTimeOffset.Parse(lines[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.Equal("two\nthree\n", await api.LogsAsync(id, $"stdout=1&since={Seconds(second.AddMilliseconds(-50))}"));
        Assert.Equal("one\ntwo\n", await api.LogsAsync(id, $"stdout=1&until={Seconds(second.AddMilliseconds(50))}"));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_lines_own_time_to_the_nanosecond_includes_the_line()
    {
        string id = await EndedAsync("i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo $i; usleep 1000; done");
        foreach (string[] line in (await api.LogsAsync(id, "stdout=1&timestamps=1")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')))
            Assert.StartsWith(line[1] + "\n", await api.LogsAsync(id, $"stdout=1&since={Uri.EscapeDataString(line[0])}"), StringComparison.Ordinal);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Follow_gives_what_was_and_what_comes_and_ends_with_the_container()
    {
        string id = await api.RunAsync(Containers.Script("echo before; while [ ! -e /go ]; do sleep 0.05; done; echo after"));
        await Poll.ForAsync("before\n", () => api.LogsAsync(id));
        await using Stream stream = await api.OpenAsync($"containers/{id}/logs?stdout=1&follow=1");
        Task<(byte[] Output, byte[] Error)> read = Frames.ReadAsync(stream, new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        await api.ExecAsync(id, "touch", "/go");
        Assert.Equal("before\nafter\n", Encoding.UTF8.GetString((await read).Output));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_long_line_is_one_line()
    {
        string id = await EndedAsync("head -c 100000 /dev/zero | tr '\\0' x; echo");
        Assert.Equal(new string('x', 100000) + "\n", await api.LogsAsync(id));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Events_tell_a_containers_life_in_order()
    {
        long before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string id = await EndedAsync("exit 2");
        await api.RemoveAsync(id);
        string filters = Uri.EscapeDataString($$"""{"container":["{{id}}"]}""");
        ApiAnswer answer = await api.SendAsync(HttpMethod.Get, $"events?since={before}&until={DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1}&filters={filters}");
        string[] actions = [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => (string)System.Text.Json.Nodes.JsonNode.Parse(line)!["Action"]!)];
        Assert.Equal(["create", "start", "die", "destroy"], actions.Where(action => action is not ("attach" or "connect" or "disconnect")));
    }

    private async Task<string> EndedAsync(string script)
    {
        string id = await api.RunAsync(Containers.Script(script));
        await api.WaitAsync(id);
        return id;
    }

    private static string Seconds(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000m).ToString(CultureInfo.InvariantCulture);
}
