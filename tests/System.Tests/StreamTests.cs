using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

[Trait("Needs", "Root")]
public sealed class StreamTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private const int Megabyte = 1 << 20;
    private readonly EngineApi api = fixture.Api;

    [Fact]
    public async Task Exec_takes_a_megabyte_and_gives_it_back_after_the_input_is_closed()
    {
        string id = await api.RunAsync(Containers.Busybox("sleep", "1000"));
        string exec = await api.CreateExecAsync(id, tty: false, "cat");
        await using HijackedConnection connection = await api.StartExecAsync(exec, tty: false);
        byte[] sent = RandomNumberGenerator.GetBytes(Megabyte);
        Task<(byte[] Output, byte[] Error)> read = connection.ReadFramesAsync();
        await connection.WriteAsync(sent);
        connection.CloseInput();
        (byte[] output, byte[] error) = await read;
        Assert.Empty(error);
        Assert.True(sent.AsSpan().SequenceEqual(output), $"{output.Length} bytes came back");
        Assert.Equal(0, (int)(await api.GetAsync($"exec/{exec}/json"))["ExitCode"]!);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Exec_answers_after_the_input_is_closed()
    {
        string id = await api.RunAsync(Containers.Busybox("sleep", "1000"));
        string exec = await api.CreateExecAsync(id, tty: false, "sh", "-c", "wc -c; sleep 0.3; echo late; echo problem >&2; exit 42");
        await using HijackedConnection connection = await api.StartExecAsync(exec, tty: false);
        await connection.WriteAsync(new byte[Megabyte]);
        connection.CloseInput();
        (byte[] output, byte[] error) = await connection.ReadFramesAsync();
        Assert.Equal(($"{Megabyte}\nlate\n", "problem\n"), (Encoding.UTF8.GetString(output), Encoding.UTF8.GetString(error)));
        Assert.Equal(42, (int)(await api.GetAsync($"exec/{exec}/json"))["ExitCode"]!);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Exec_with_a_terminal_has_one_with_the_size_that_is_asked_for()
    {
        string id = await api.RunAsync(Containers.Busybox("sleep", "1000"));
        string exec = await api.CreateExecAsync(id, tty: true, "sh");
        await using HijackedConnection connection = await api.StartExecAsync(exec, tty: true);
        await Poll.UntilAsync(async () => (await api.SendAsync(HttpMethod.Post, $"exec/{exec}/resize?h=33&w=77")).Status < 300, "the terminal takes its size");
        Task<byte[]> all = connection.ReadRawAsync();
        await connection.WriteAsync("tty; stty size; exit 3\n");
        string text = Encoding.UTF8.GetString(await all);
        Assert.Contains("/dev/pts/", text, StringComparison.Ordinal);
        Assert.Contains("33 77\r\n", text, StringComparison.Ordinal);
        Assert.Equal(3, (int)(await api.GetAsync($"exec/{exec}/json"))["ExitCode"]!);
        await api.RemoveAsync(id);
    }

    [Theory]
    [InlineData("/no/such", 127)]
    [InlineData("/etc/passwd", 126)]
    public async Task An_exec_that_cannot_run_has_Dockers_exit_code(string command, int code)
    {
        string id = await api.RunAsync(Containers.Busybox("sleep", "1000"));
        string exec = await api.CreateExecAsync(id, tty: false, command);
        try
        {
            await using HijackedConnection connection = await api.StartExecAsync(exec, tty: false);
            await connection.ReadRawAsync();
        }
        catch (InvalidOperationException exception)
        {
            Assert.Contains("HTTP/1.1 4", exception.Message, StringComparison.Ordinal);
        }
        await Poll.ForAsync(code, async () => (int?)(await api.GetAsync($"exec/{exec}/json"))["ExitCode"] ?? -1);
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task Attaching_before_the_start_loses_no_byte()
    {
        string id = await api.CreateAsync(Containers.Script("echo first; seq 1 20000; echo last >&2").With("AttachStdout", true).With("AttachStderr", true));
        await using HijackedConnection connection = await api.HijackAsync($"containers/{id}/attach?stream=1&stdout=1&stderr=1");
        Task<(byte[] Output, byte[] Error)> read = connection.ReadFramesAsync();
        await api.StartAsync(id);
        (byte[] output, byte[] error) = await read;
        Assert.Equal("first\n" + string.Concat(Enumerable.Range(1, 20000).Select(number => $"{number}\n")), Encoding.UTF8.GetString(output));
        Assert.Equal("last\n", Encoding.UTF8.GetString(error));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_container_reads_a_megabyte_from_the_client_and_sees_its_end()
    {
        JsonObject body = Containers.Busybox("sha256sum").With("OpenStdin", true).With("StdinOnce", true).With("AttachStdin", true).With("AttachStdout", true);
        string id = await api.CreateAsync(body);
        await using HijackedConnection connection = await api.HijackAsync($"containers/{id}/attach?stream=1&stdin=1&stdout=1&stderr=1");
        await api.StartAsync(id);
        byte[] sent = RandomNumberGenerator.GetBytes(Megabyte);
        await connection.WriteAsync(sent);
        connection.CloseInput();
        (byte[] output, _) = await connection.ReadFramesAsync();
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(sent)) + "  -\n", Encoding.UTF8.GetString(output));
        Assert.Equal(0, await api.WaitAsync(id));
        await api.RemoveAsync(id);
    }

    [Fact]
    public async Task A_terminal_container_answers_what_is_typed()
    {
        JsonObject body = Containers.Busybox("sh").With("Tty", true).With("OpenStdin", true).With("AttachStdin", true).With("AttachStdout", true);
        string id = await api.CreateAsync(body);
        await using HijackedConnection connection = await api.HijackAsync($"containers/{id}/attach?stream=1&stdin=1&stdout=1&stderr=1");
        await api.StartAsync(id);
        await connection.WriteAsync("echo $((6*7)); exit 5\n");
        Assert.Contains("42\r\n", Encoding.UTF8.GetString(await connection.ReadRawAsync()), StringComparison.Ordinal);
        Assert.Equal(5, await api.WaitAsync(id));
        await api.RemoveAsync(id);
    }
}
