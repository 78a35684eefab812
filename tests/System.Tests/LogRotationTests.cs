using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class LogRotationTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task A_full_log_is_rotated_compressed_and_bounded()
    {
        // Slower than the daemon looks, so that the bound is nearly kept.
        string id = await api.RunAsync(Logging(Containers.Script("i=0; while [ $i -lt 200 ]; do seq $((i*100+1)) $((i*100+100)); i=$((i+1)); usleep 5000; done; while [ ! -e /go ]; do usleep 10000; done"),
            "json-file", ("max-size", "100k"), ("max-file", "3"), ("compress", "true")));
        await Poll.UntilAsync(async () => await api.LogsAsync(id, "stdout=1&tail=1") == "20000\n", "everything is written");
        await Poll.UntilAsync(() => Files(id) is [_, _, _] files && files.Skip(1).All(file => file.EndsWith(".gz", StringComparison.Ordinal)), "two compressed files beside the live one");
        Assert.All(Files(id).Select(file => new FileInfo(file).Length), length => Assert.InRange(length, 0, 400_000));
        int[] kept = [.. (await api.LogsAsync(id, "stdout=1")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
        Assert.InRange(kept.Length, 2000, 19_000);
        Assert.Equal(Enumerable.Range(20_000 - kept.Length + 1, kept.Length), kept);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task One_file_is_begun_anew_when_it_is_full()
    {
        string id = await api.RunAsync(Logging(Containers.Script("seq 1 20000; usleep 300000; seq 20001 20010; while [ ! -e /go ]; do usleep 10000; done"), "json-file", ("max-size", "50k")));
        await Poll.UntilAsync(async () => await api.LogsAsync(id, "stdout=1&tail=1") == "20010\n", "everything is written");
        await Poll.UntilAsync(() => Files(id) is [var only] && new FileInfo(only).Length < 50_000, "there is one small file");
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_log_lives_on_over_a_restart_of_its_container()
    {
        string id = await api.RunAsync(Logging(Containers.Script("seq 1 3000; sleep 0.2"), "json-file", ("max-size", "20k"), ("max-file", "100")));
        await api.WaitAsync(id);
        await api.StartAsync(id);
        await api.WaitAsync(id);
        string once = string.Concat(Enumerable.Range(1, 3000).Select(line => $"{line}\n"));
        Assert.Equal(once + once, await api.LogsAsync(id));
        await api.RemoveAsync(id);
    }

    [Theory]
    [InlineData("local")]
    [InlineData("json-file")]
    public async Task Drivers_that_keep_a_file_serve_it(string driver)
    {
        string id = await api.RunAsync(Logging(Containers.Busybox("echo", "kept"), driver));
        await api.WaitAsync(id);
        Assert.Equal("kept\n", await api.LogsAsync(id));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task The_none_driver_keeps_nothing()
    {
        string id = await api.RunAsync(Logging(Containers.Busybox("echo", "gone"), "none"));
        await api.WaitAsync(id);
        ApiAnswer answer = await api.SendAsync(HttpMethod.Get, $"containers/{id}/logs?stdout=1");
        Assert.Equal((501, "configured logging driver does not support reading"), (answer.Status, answer.Message));
        Assert.Empty(Files(id));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Details_are_the_labels_variables_and_tag_that_the_options_name()
    {
        JsonObject body = Logging(Containers.Busybox("echo", "hi").With("Labels", new JsonObject { ["a"] = "1", ["b"] = "2", ["other"] = "3" })
            .With("Env", new JsonArray("X=3", "Y=4")), "json-file", ("labels", "a,b"), ("env-regex", "^X"), ("tag", "{{.Name}}/{{.ID}}"));
        string id = await api.RunAsync(body, "detailed");
        await api.WaitAsync(id);
        Assert.Equal($"X=3,a=1,b=2,tag=detailed%2F{id[..12]} hi\n", await api.LogsAsync(id, "stdout=1&details=1"));
        await api.RemoveAsync(id);
    }

    /// <summary>The words are those of dockerd 20.10 for the same requests.</summary>
    [Theory]
    [InlineData("json-file", "foo", "1", 400, "unknown log opt 'foo' for json-file log driver")]
    [InlineData("local", "labels", "a", 400, "unknown log opt 'labels' for log driver local")]
    [InlineData("json-file", "mode", "fast", 400, "logger: logging mode not supported: fast")]
    [InlineData("json-file", "max-buffer-size", "1m", 400, "logger: max-buffer-size option is only supported with 'mode=non-blocking'")]
    [InlineData("json-file", "mode", "non-blocking", 501, "log opt mode=non-blocking is not supported: the log is a file that no daemon stands before")]
    [InlineData("syslog", "", "", 501, "logger: no log driver named 'syslog' is registered: json-file, local and none are supported")]
    public async Task A_wrong_option_is_refused_at_creation(string driver, string option, string value, int status, string message)
    {
        JsonObject body = Logging(Containers.Busybox("true"), driver, option.Length > 0 ? [(option, value)] : []);
        ApiAnswer answer = await api.SendAsync(HttpMethod.Post, "containers/create", body);
        Assert.Equal((status, message), (answer.Status, answer.Message));
    }

    /// <summary>The words are those of dockerd 20.10 for the same requests.</summary>
    [Theory]
    [InlineData("json-file", "max-file", "0", "max-file cannot be less than 1")]
    [InlineData("json-file", "max-file", "x", "strconv.Atoi: parsing \"x\": invalid syntax")]
    [InlineData("json-file", "max-size", "abc", "invalid size: 'abc'")]
    [InlineData("json-file", "max-size", "-1", "invalid size: '-1'")]
    [InlineData("json-file", "max-size", "0", "max-size must be a positive number")]
    [InlineData("json-file", "compress", "true", "compress cannot be true when max-file is less than 2 or max-size is not set")]
    [InlineData("json-file", "tag", "{{.Nope}}", "template: log-tag:1:2: executing \"log-tag\" at <.Nope>: can't evaluate field Nope in type *logger.Info")]
    [InlineData("local", "max-size", "x", "invalid value for max-size: x: invalid size: 'x'")]
    [InlineData("local", "max-file", "0", "compression cannot be enabled when max file count is 1")]
    [InlineData("local", "compress", "x", "error reading compress log option: strconv.ParseBool: parsing \"x\": invalid syntax")]
    public async Task A_wrong_value_fails_the_start(string driver, string option, string value, string message)
    {
        string id = await api.CreateAsync(Logging(Containers.Busybox("true"), driver, (option, value)));
        ApiAnswer answer = await api.SendAsync(HttpMethod.Post, $"containers/{id}/start");
        Assert.Equal((500, "failed to initialize logging driver: " + message), (answer.Status, answer.Message));
        JsonNode state = (await api.InspectAsync(id))["State"]!;
        Assert.Equal(("created", 128), ((string)state["Status"]!, (int)state["ExitCode"]!));
        await api.RemoveAsync(id);
    }

    private static JsonObject Logging(JsonObject body, string driver, params (string Key, string Value)[] options)
    {
        var config = new JsonObject();
        foreach ((string key, string value) in options)
            config[key] = value;
        return body.Host("LogConfig", new JsonObject { ["Type"] = driver, ["Config"] = config });
    }

    private string[] Files(string id) => [.. Directory.GetFiles(Path.Combine(fixture.Daemon.DataRoot, "containers", id), "container.log*").Order(StringComparer.Ordinal)];
}
