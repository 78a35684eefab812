using System.Text;
using Argosy.Core;

namespace Argosy.Runtime.Tests;

[Trait("Needs", "Root")]
public sealed class ContainerLifecycleTests
{
    [Theory]
    [InlineData("nosuch", 127, "exec: \"nosuch\": executable file not found in $PATH: unknown")]
    [InlineData("/etc/passwd", 126, "exec: \"/etc/passwd\": permission denied: unknown")]
    [InlineData("/etc", 126, "exec: \"/etc\": permission denied: unknown")]
    public async Task A_command_that_cannot_run_is_Dockers_error_and_leaves_nothing(string command, int exitCode, string text)
    {
        await using var host = new TestHost();
        foreach (string runtime in new[] { "crun", "runc" })
        {
            ContainerSpec spec = host.Spec(command) with { Runtime = runtime };
            RuntimeException failure = await Assert.ThrowsAsync<RuntimeException>(() => host.Runtime.CreateAsync(spec, CancellationToken.None));
            Assert.EndsWith(text, failure.Message, StringComparison.Ordinal);
            Assert.Equal(exitCode, failure.SuggestedExitCode);
            Assert.Empty(host.Runtime.ListOnDisk());
            Assert.Empty(CgroupTree.Directories("/sys/fs/cgroup", $"{host.Paths.InstanceName}/{spec.Id}"));
        }
    }

    [Fact]
    public async Task An_exec_that_cannot_run_is_Dockers_error_too()
    {
        await using var host = new TestHost();
        ContainerSpec spec = await StartAsync(host, "/bin/sleep", "100");
        foreach (bool attach in new[] { false, true })
        {
            var exec = new ExecSpec { Container = spec.Id, ExecId = RandomId.Next(), Process = new ProcessSpec { Args = ["nosuch"], Env = ["PATH=/bin"] }, Attach = attach };
            RuntimeException failure = await Assert.ThrowsAsync<RuntimeException>(() => host.Runtime.StartExecAsync(exec, CancellationToken.None));
            Assert.Equal("OCI runtime exec failed: exec failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH: unknown", failure.Message);
            Assert.Equal(127, failure.SuggestedExitCode);
        }
    }

    [Theory]
    [InlineData("crun")]
    [InlineData("runc")]
    public async Task A_terminal_has_the_size_that_was_asked_for_and_can_be_resized(string runtime)
    {
        await using var host = new TestHost();
        ContainerSpec spec = host.Spec("/bin/sh", "-c", "stty size; read x; stty size; echo got $x");
        spec = spec with { Runtime = runtime, OpenStdin = true, Process = spec.Process with { Terminal = true, ConsoleSize = new TerminalSize(33, 99) } };
        await host.Runtime.CreateAsync(spec, CancellationToken.None);
        await using Attachment attachment = await host.Runtime.AttachAsync(spec.Id, null, CancellationToken.None);
        await host.Runtime.StartAsync(spec.Id, CancellationToken.None);
        AttachFrame first = await attachment.ReadAsync(CancellationToken.None);
        Assert.Equal("33 99\r\n", Encoding.ASCII.GetString(first.Data.Span));
        await host.Runtime.ResizeAsync(spec.Id, null, 40, 120, CancellationToken.None);
        // conmon takes both in any order: ask until the size is there.
        await attachment.WriteStdinAsync("hello\n"u8.ToArray(), CancellationToken.None);
        string rest = (await Streams.ReadAllAsync(attachment)).Out;
        Assert.Contains("got hello", rest, StringComparison.Ordinal);
        Assert.Contains("40 120", rest, StringComparison.Ordinal);
        Assert.Equal(0, (await host.NextExitAsync()).ExitCode);
    }

    [Fact]
    public async Task An_exec_can_have_a_terminal_and_input()
    {
        await using var host = new TestHost();
        ContainerSpec spec = await StartAsync(host, "/bin/sleep", "100");
        var process = new ProcessSpec { Args = ["/bin/sh", "-c", "read x; echo got $x; stty size"], Env = ["PATH=/bin"], Terminal = true, ConsoleSize = new TerminalSize(11, 22) };
        var exec = new ExecSpec { Container = spec.Id, ExecId = RandomId.Next(), Process = process, OpenStdin = true, Attach = true };
        await host.Runtime.StartExecAsync(exec, CancellationToken.None);
        await using Attachment attachment = await host.Runtime.AttachAsync(spec.Id, exec.ExecId, CancellationToken.None);
        await attachment.WriteStdinAsync("hi\n"u8.ToArray(), CancellationToken.None);
        string output = (await Streams.ReadAllAsync(attachment)).Out;
        Assert.Contains("got hi", output, StringComparison.Ordinal);
        Assert.Contains("11 22", output, StringComparison.Ordinal);
        Assert.Equal(exec.ExecId, (await host.NextExitAsync()).ExecId);
    }

    [Fact]
    public async Task A_container_is_paused_resumed_and_its_limits_are_changed()
    {
        await using var host = new TestHost();
        ContainerSpec spec = await StartAsync(host, "/bin/sleep", "100");
        await host.Runtime.PauseAsync(spec.Id, CancellationToken.None);
        string freezer = $"/sys/fs/cgroup/freezer/{host.Paths.InstanceName}/{spec.Id}/freezer.state";
        Assert.Equal("FROZEN", File.ReadAllText(freezer).Trim());
        await host.Runtime.ResumeAsync(spec.Id, CancellationToken.None);
        Assert.Equal("THAWED", File.ReadAllText(freezer).Trim());
        await host.Runtime.UpdateAsync(spec.Id, new ResourceLimits { Memory = 64 << 20, CpuShares = 333, PidsLimit = 9 }, CancellationToken.None);
        Assert.Equal("67108864", File.ReadAllText($"/sys/fs/cgroup/memory/{host.Paths.InstanceName}/{spec.Id}/memory.limit_in_bytes").Trim());
        Assert.Equal("333", File.ReadAllText($"/sys/fs/cgroup/cpu/{host.Paths.InstanceName}/{spec.Id}/cpu.shares").Trim());
        Assert.Equal("9", File.ReadAllText($"/sys/fs/cgroup/pids/{host.Paths.InstanceName}/{spec.Id}/pids.max").Trim());
    }

    [Fact]
    public async Task Another_daemon_finds_what_runs_and_what_ended_in_between()
    {
        await using var host = new TestHost();
        ContainerSpec running = await StartAsync(host, "/bin/sleep", "100");
        ContainerSpec created = host.Spec("/bin/true");
        await host.Runtime.CreateAsync(created, CancellationToken.None);
        ContainerSpec ended = await StartAsync(host, "/bin/sh", "-c", "exit 9");
        await host.NextExitAsync();
        await using var exits = new ExitWatcher(host.Paths, host.Watcher);
        exits.Start();
        var later = new OciRuntime(host.Paths, new RuntimeOptions(), exits);
        Dictionary<ContainerId, RuntimeState> states = later.ListOnDisk().ToDictionary(state => state.Id);
        Assert.True(states[running.Id] is { IsAlive: true, IsStarted: true, Exit: null });
        Assert.True(states[created.Id] is { IsAlive: true, IsStarted: false, Exit: null });
        Assert.True(states[ended.Id] is { IsAlive: false, Exit.ExitCode: 9 });
        ContainerExit first = await exits.Exits.ReadAsync(new CancellationTokenSource(10_000).Token);
        Assert.Equal((ended.Id, 9), (first.Id, first.ExitCode));
        await later.SignalAsync(running.Id, 15, CancellationToken.None);
        await later.DeleteAsync(running.Id);
        Assert.False(later.IsAlive(running.Id));
        Assert.False(File.Exists(Path.Combine(host.Paths.Exits, running.Id.Value)));
    }

    [Fact]
    public async Task Deleting_kills_what_runs_removes_everything_and_may_be_repeated()
    {
        await using var host = new TestHost();
        foreach (string runtime in new[] { "crun", "runc" })
        {
            ContainerSpec spec = host.Spec("/bin/sh", "-c", "trap '' TERM; sleep 100 & sleep 100") with { Runtime = runtime };
            int pid = await host.Runtime.CreateAsync(spec, CancellationToken.None);
            await host.Runtime.StartAsync(spec.Id, CancellationToken.None);
            await host.Runtime.DeleteAsync(spec.Id);
            await host.Runtime.DeleteAsync(spec.Id);
            Assert.False(Linux.Processes.ProcessIdentity.TryRead(pid, out _));
            Assert.Empty(CgroupTree.Directories("/sys/fs/cgroup", $"{host.Paths.InstanceName}/{spec.Id}"));
            Assert.Empty(host.Runtime.ListOnDisk());
            Assert.Empty(Directory.GetFileSystemEntries(host.Paths.Exits));
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(host.Paths.ExecRoot, runtime)));
        }
    }

    [Fact]
    public async Task A_signal_to_a_container_that_is_gone_is_a_conflict()
    {
        await using var host = new TestHost();
        ContainerSpec spec = await StartAsync(host, "/bin/true");
        await host.NextExitAsync();
        Assert.Equal(ErrorKind.Conflict, (await Assert.ThrowsAsync<EngineException>(() => host.Runtime.SignalAsync(spec.Id, 15, CancellationToken.None))).Kind);
    }

    [Fact]
    public async Task Without_open_stdin_the_process_reads_the_end_at_once()
    {
        await using var host = new TestHost();
        (ContainerExit exit, string log) = await host.RunAsync(host.Spec("/bin/sh", "-c", "cat; echo done"));
        Assert.Equal(0, exit.ExitCode);
        Assert.Contains("F done", log, StringComparison.Ordinal);
    }

    private static async Task<ContainerSpec> StartAsync(TestHost host, params string[] args)
    {
        ContainerSpec spec = host.Spec(args);
        await host.Runtime.CreateAsync(spec, CancellationToken.None);
        await host.Runtime.StartAsync(spec.Id, CancellationToken.None);
        return spec;
    }
}
