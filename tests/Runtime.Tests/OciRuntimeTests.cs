using Argosy.Core;

namespace Argosy.Runtime.Tests;

[Trait("Needs", "Root")]
public sealed class OciRuntimeTests
{
    [Fact]
    public async Task A_container_runs_and_its_exit_code_and_log_are_there()
    {
        await using var host = new TestHost();
        (ContainerExit exit, string log) = await host.RunAsync(host.Spec("/bin/sh", "-c", "echo out; echo err >&2; exit 7"));
        Assert.Equal(7, exit.ExitCode);
        Assert.Null(exit.ExecId);
        Assert.Contains("stdout F out", log, StringComparison.Ordinal);
        Assert.Contains("stderr F err", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_written_right_after_start_reaches_a_client_attached_before()
    {
        await using var host = new TestHost();
        ContainerSpec spec = host.Spec("/bin/sh", "-c", "echo first; cat; echo last >&2") with { OpenStdin = true, StdinOnce = true };
        await host.Runtime.CreateAsync(spec, CancellationToken.None);
        await using Attachment attachment = await host.Runtime.AttachAsync(spec.Id, null, CancellationToken.None);
        await host.Runtime.StartAsync(spec.Id, CancellationToken.None);
        string big = new('x', 100_000);
        Task<(string Out, string Err)> reading = Streams.ReadAllAsync(attachment);
        await attachment.WriteStdinAsync(System.Text.Encoding.ASCII.GetBytes(big), CancellationToken.None);
        await attachment.CloseStdinAsync();
        (string output, string error) = await reading;
        Assert.Equal("first\n" + big, output);
        Assert.Equal("last\n", error);
        Assert.Equal(0, (await host.NextExitAsync()).ExitCode);
    }

    [Fact]
    public async Task An_exec_that_ends_at_once_loses_no_output_and_its_exit_is_reported()
    {
        await using var host = new TestHost();
        ContainerSpec spec = host.Spec("/bin/sleep", "100");
        await host.Runtime.CreateAsync(spec, CancellationToken.None);
        await host.Runtime.StartAsync(spec.Id, CancellationToken.None);
        string execId = RandomId.Next();
        var process = new ProcessSpec { Args = ["/bin/sh", "-c", "echo hello; exit 3"], Env = ["PATH=/bin"] };
        int pid = await host.Runtime.StartExecAsync(new ExecSpec { Container = spec.Id, ExecId = execId, Process = process, Attach = true }, CancellationToken.None);
        Assert.True(pid > 0);
        await using Attachment attachment = await host.Runtime.AttachAsync(spec.Id, execId, CancellationToken.None);
        Assert.Equal("hello\n", (await Streams.ReadAllAsync(attachment)).Out);
        ContainerExit exit = await host.NextExitAsync();
        Assert.Equal((execId, 3), (exit.ExecId, exit.ExitCode));
        host.Runtime.ForgetExec(spec.Id, execId);
        Assert.True(host.Runtime.IsAlive(spec.Id));
        await host.Runtime.SignalAsync(spec.Id, 9, CancellationToken.None);
        Assert.Equal(137, (await host.NextExitAsync()).ExitCode);
        Assert.False(host.Runtime.IsAlive(spec.Id));
    }
}
