using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>The keys that leave a process alone are the server's to find: a client over a plain connection has nobody else.</summary>
[Trait("Needs", "Root")]
public sealed class DetachTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task The_default_keys_leave_a_container_with_a_terminal_which_takes_the_next_client()
    {
        string id = await api.RunAsync(Shell("cat").With("StdinOnce", true));
        await using (HijackedConnection first = await api.HijackAsync($"containers/{id}/attach?stream=1&stdin=1&stdout=1"))
        {
            await first.WriteAsync("one\n\u0010\u0011");
            string seen = Encoding.UTF8.GetString(await first.ReadRawAsync());
            Assert.DoesNotContain("\u0011", seen, StringComparison.Ordinal);
        }
        Assert.Equal("running", await api.StatusAsync(id));
        await using (HijackedConnection second = await api.HijackAsync($"containers/{id}/attach?stream=1&stdin=1&stdout=1&detachKeys=ctrl-a,q"))
        {
            // ctrl-a alone is the process's, once the next key tells; ctrl-p, ctrl-q mean nothing here.
            await second.WriteAsync("two\u0001x\n");
            await Poll.UntilAsync(async () => (await second.ReadSomeAsync()).Contains("two", StringComparison.Ordinal), "the second client is heard");
            await second.WriteAsync("\u0001q");
            await second.ReadRawAsync();
        }
        Assert.Equal("running", await api.StatusAsync(id));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Without_a_terminal_the_keys_are_input()
    {
        string id = await api.RunAsync(Shell("cat").With("Tty", false).With("StdinOnce", true));
        await using HijackedConnection connection = await api.HijackAsync($"containers/{id}/attach?stream=1&stdin=1&stdout=1");
        await connection.WriteAsync("a\u0010\u0011b\n");
        connection.CloseInput();
        Assert.Equal("a\u0010\u0011b\n", Encoding.UTF8.GetString((await connection.ReadFramesAsync()).Output));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task An_execs_keys_leave_it_running()
    {
        string id = await api.RunAsync(Containers.Busybox("sleep", "1000"));
        var body = new JsonObject { ["AttachStdin"] = true, ["AttachStdout"] = true, ["Tty"] = true, ["DetachKeys"] = "x,y", ["Cmd"] = new JsonArray("sh", "-c", "read line; sleep 1000") };
        string exec = (string)(await api.PostAsync($"containers/{id}/exec", body)).Json["Id"]!;
        await using HijackedConnection connection = await api.StartExecAsync(exec, tty: true);
        await connection.WriteAsync("go\nxy");
        await connection.ReadRawAsync();
        JsonNode state = await api.GetAsync($"exec/{exec}/json");
        Assert.Equal((true, "eHk="), ((bool)state["Running"]!, (string)state["DetachKeys"]!));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Keys_that_there_are_not_are_refused()
    {
        string id = await api.RunAsync(Shell("cat"));
        ApiAnswer attach = await api.SendAsync(HttpMethod.Post, $"containers/{id}/attach?stream=1&detachKeys=zzz");
        Assert.Equal((400, "Invalid detach keys (zzz) provided"), (attach.Status, attach.Message));
        ApiAnswer exec = await api.SendAsync(HttpMethod.Post, $"containers/{id}/exec", new JsonObject { ["Cmd"] = new JsonArray("true"), ["DetachKeys"] = "zzz" });
        Assert.Equal((400, "Invalid escape keys (zzz) provided"), (exec.Status, exec.Message));
        await api.RemoveAsync(id);
    }

    private static JsonObject Shell(params string[] command) =>
        Containers.Busybox(command).With("Tty", true).With("OpenStdin", true).With("AttachStdin", true).With("AttachStdout", true);
}
