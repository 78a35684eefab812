using System.Net;
using System.Text;
using Argosy.Contract.Containers;
using Argosy.Contract.Progress;

namespace Argosy.Client.Tests;

public class EngineClientTests
{
    [Fact]
    public async Task The_newest_version_is_spoken_without_asking()
    {
        await using FakeEngine engine = new FakeEngine().Answer("200 OK", "[]");
        using EngineClient client = engine.Connect();

        Assert.Empty(await client.Containers.ListAsync(all: true));
        Assert.Equal(["GET /v1.51/containers/json?all=1 HTTP/1.1"], engine.Requests);
    }

    [Fact]
    public async Task An_older_engine_is_asked_for_its_version_and_asked_again()
    {
        await using FakeEngine engine = new FakeEngine()
            .Answer("400 Bad Request", """{"message":"client version 1.51 is too new. Maximum supported API version is 1.41"}""")
            .Answer("200 OK", "OK", "Api-Version: 1.41\r\n")
            .Answer("200 OK", "[]")
            .Answer("200 OK", "[]");
        using EngineClient client = engine.Connect();

        await client.Containers.ListAsync();
        await client.Containers.ListAsync();

        Assert.Equal("1.41", client.ApiVersion);
        Assert.Equal(4, engine.Requests.Count);
        Assert.StartsWith("GET /v1.41/containers/json", engine.Requests[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_carries_the_status_and_the_engines_sentence()
    {
        await using FakeEngine engine = new FakeEngine().Answer("404 Not Found", """{"message":"No such container: x"}""");
        using EngineClient client = engine.Connect();

        ApiException refusal = await Assert.ThrowsAsync<ApiException>(() => client.Containers.InspectAsync("x"));

        Assert.Equal(HttpStatusCode.NotFound, refusal.StatusCode);
        Assert.Equal("No such container: x", refusal.Message);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_named()
    {
        using var client = new EngineClient(EngineEndpoint.Parse("unix:///nonexistent/argosy.sock"));

        EngineConnectionException failure = await Assert.ThrowsAsync<EngineConnectionException>(() => client.System.VersionAsync());

        Assert.Contains("unix:///nonexistent/argosy.sock", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hijacked_stream_goes_both_ways_and_is_closed_by_halves()
    {
        await using FakeEngine engine = new FakeEngine().Answer(async (_, stream) =>
        {
            await FakeEngine.WriteAsync(stream, "HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\nearly ");
            using var reader = new StreamReader(stream, leaveOpen: true);
            await FakeEngine.WriteAsync(stream, "heard " + await reader.ReadToEndAsync());
        });
        using EngineClient client = engine.Connect();

        await using HijackedStream remote = await client.Containers.AttachAsync("c", new AttachOptions { Stdin = true });
        await remote.WriteAsync("hello"u8.ToArray());
        await remote.CloseWriteAsync();
        using var answer = new StreamReader(remote);

        Assert.Equal("early heard hello", await answer.ReadToEndAsync());
        Assert.Equal("POST /v1.51/containers/c/attach?stream=1&stdin=1&stdout=1&stderr=1 HTTP/1.1", engine.Requests[0]);
    }

    [Theory]
    [InlineData("Content-Length: 32\r\n\r\n{\"message\":\"container is paused\"}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n10\r\n{\"message\":\"cont\r\n10\r\nainer is paused\"\r\n1\r\n}\r\n0\r\n\r\n")]
    public async Task A_hijack_that_is_refused_carries_the_engines_sentence(string rest)
    {
        await using FakeEngine engine = new FakeEngine().Answer((_, stream) => FakeEngine.WriteAsync(stream, "HTTP/1.1 409 Conflict\r\n" + rest));
        using EngineClient client = engine.Connect();

        ApiException refusal = await Assert.ThrowsAsync<ApiException>(() => client.Execs.StartAsync("e", new ExecStartRequest()));

        Assert.Equal((HttpStatusCode.Conflict, "container is paused"), (refusal.StatusCode, refusal.Message));
    }

    [Fact]
    public async Task Progress_messages_arrive_one_by_one_wherever_they_are_cut()
    {
        string lines = """{"status":"Pulling"}""" + "\r\n" + """{"id":"a","status":"Downloading","progressDetail":{"current":5,"total":10}}{"errorDetail":{"message":"no"},"error":"no"}""";
        var messages = new List<ProgressMessage>();

        await foreach (ProgressMessage message in JsonLines.ReadAsync(new SlowStream(Encoding.UTF8.GetBytes(lines), 3), ProgressJson.Default.ProgressMessage, CancellationToken.None))
            messages.Add(message);

        Assert.Equal(3, messages.Count);
        Assert.Equal(10, messages[1].ProgressDetail!.Total);
        Assert.Equal("no", messages[2].Error);
    }

    [Fact]
    public void Filters_are_lists_by_key() =>
        Assert.Equal("""{"label":["a=b","c"],"status":["exited"]}""", new Filters().Add("status", "exited").Add("label", "a=b").Add("label", "c").ToJson());
}
