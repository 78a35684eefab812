using Argosy.Core;

namespace Argosy.Runtime.Tests;

[Trait("Needs", "Root")]
public sealed class ContainerPropertiesTests
{
    [Fact]
    public async Task The_default_seccomp_filter_and_the_default_capabilities_are_in_force()
    {
        await using var host = new TestHost();
        string log = (await host.RunAsync(host.Spec("/bin/grep", "-E", "Seccomp:|CapEff|CapBnd|NoNewPrivs", "/proc/self/status"))).Log;
        Assert.Contains("Seccomp:\t2", log, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t00000000a80425fb", log, StringComparison.Ordinal);
        Assert.Contains("CapBnd:\t00000000a80425fb", log, StringComparison.Ordinal);
        Assert.Contains("NoNewPrivs:\t0", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_filter_is_the_same_whether_the_runtime_compiles_it_or_gets_it_compiled()
    {
        await using var host = new TestHost();
        // The kernel's words for what is in force, and a refused call's error.
        string[] command = ["/bin/sh", "-c", "mount -t tmpfs x /tmp; grep -E 'Seccomp' /proc/self/status"];
        string first = Strip((await host.RunAsync(host.Spec(command))).Log);
        string second = Strip((await host.RunAsync(host.Spec(command))).Log);
        Assert.Contains("Seccomp:\t2", first, StringComparison.Ordinal);
        Assert.Equal(first, second);
        ContainerSpec spec = host.Spec("/bin/sleep", "100");
        await host.Runtime.CreateAsync(spec, CancellationToken.None);
        Assert.Contains("seccomp_bpf_data", File.ReadAllText(Path.Combine(host.Paths.Bundles, spec.Id.Value, "config.json")), StringComparison.Ordinal);
        await host.Runtime.StartAsync(spec.Id, CancellationToken.None);
        var exec = new ExecSpec { Container = spec.Id, ExecId = RandomId.Next(), Process = new ProcessSpec { Args = command, Env = ["PATH=/bin"] }, Attach = true };
        await host.Runtime.StartExecAsync(exec, CancellationToken.None);
        await using Attachment attachment = await host.Runtime.AttachAsync(spec.Id, exec.ExecId, CancellationToken.None);
        Assert.Contains("Seccomp:\t2", (await Streams.ReadAllAsync(attachment)).Out, StringComparison.Ordinal);

        static string Strip(string log) => string.Join('\n', log.Split('\n').Select(line => line.Length > 36 ? line[36..] : line).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_user_of_the_image_runs_without_effective_capabilities()
    {
        await using var host = new TestHost();
        ContainerSpec spec = host.Spec("/bin/sh", "-c", "id; grep CapEff /proc/self/status; echo $PWD");
        UserIdentity alice = UserLookup.Resolve(spec.RootfsPath, "alice");
        spec = spec with { Process = spec.Process with { User = alice, WorkingDirectory = "/tmp", Capabilities = Capabilities.Compute([], [], false, alice.Uid) } };
        string log = (await host.RunAsync(spec)).Log;
        Assert.Contains("uid=1000(alice) gid=1001(alice) groups=50(staff),77(extra),1001(alice)", log, StringComparison.Ordinal);
        Assert.Contains("CapEff:\t0000000000000000", log, StringComparison.Ordinal);
        Assert.Contains("/tmp", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Limits_reach_the_cgroup_and_the_process()
    {
        await using var host = new TestHost();
        ContainerSpec spec = host.Spec("/bin/sh", "-c", "ulimit -n; cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/pids/pids.max /sys/fs/cgroup/cpu/cpu.cfs_quota_us; cat /dev/shm/../../proc/mounts | grep shm; hostname; cat /proc/self/oom_score_adj");
        spec = spec with
        {
            Hostname = "box",
            ShmSize = 1 << 20,
            OomScoreAdj = 77,
            Resources = new ResourceLimits { Memory = 32 << 20, PidsLimit = 17, NanoCpus = 500_000_000 },
            Process = spec.Process with { Rlimits = [new ResourceUlimit("nofile", 321, 322)] },
        };
        string log = (await host.RunAsync(spec)).Log;
        foreach (string expected in new[] { " F 321", " F 33554432", " F 17", " F 50000", "size=1024k", " F box", " F 77" })
            Assert.Contains(expected, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_takes_more_memory_than_allowed_is_reported_as_killed_for_it()
    {
        await using var host = new TestHost();
        ContainerSpec spec = host.Spec("/bin/sh", "-c", "x=$(dd if=/dev/zero bs=1M count=64 | tr '\\0' x); echo ${#x}") with { Resources = new ResourceLimits { Memory = 16 << 20, MemorySwap = 16 << 20 } };
        ContainerExit exit = (await host.RunAsync(spec)).Exit;
        Assert.True(exit.OomKilled);
    }

    [Fact]
    public async Task Mounts_are_made_by_depth_and_can_be_read_only()
    {
        await using var host = new TestHost();
        ContainerSpec spec = host.Spec("/bin/sh", "-c", "cat /data/sub/f; touch /data/x && echo writable; touch /data/sub/x || echo refused; touch /y || echo readonly");
        string outer = Directory.CreateDirectory(spec.RootfsPath + "-outer").FullName;
        string inner = Directory.CreateDirectory(spec.RootfsPath + "-inner").FullName;
        File.WriteAllText(Path.Combine(inner, "f"), "content\n");
        spec = spec with { ReadonlyRootfs = true, Mounts = [MountSpec.Bind(inner, "/data/sub", readOnly: true), MountSpec.Bind(outer, "/data")] };
        string log = (await host.RunAsync(spec)).Log;
        foreach (string expected in new[] { " F content", " F writable", " F refused", " F readonly" })
            Assert.Contains(expected, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_privileged_container_has_all_capabilities_and_devices()
    {
        await using var host = new TestHost();
        ContainerSpec spec = host.Spec("/bin/sh", "-c", "grep -E 'Seccomp:|CapEff' /proc/self/status; ls /dev/loop-control /dev/kmsg /dev/fuse; touch /sys/x; mount -t tmpfs t /tmp && echo mounted");
        spec = spec with { Privileged = true, Process = spec.Process with { Capabilities = Capabilities.Compute([], [], privileged: true, uid: 0) } };
        string log = (await host.RunAsync(spec)).Log;
        Assert.Contains("Seccomp:\t0", log, StringComparison.Ordinal);
        Assert.Contains(" F mounted", log, StringComparison.Ordinal);
        Assert.Contains("/dev/kmsg", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Devices_are_closed_but_for_those_given()
    {
        await using var host = new TestHost();
        ContainerSpec spec = host.Spec("/bin/sh", "-c", "head -c 1 /dev/kmsg0 >/dev/null && echo given; mknod /tmp/k c 1 11 && head -c 1 /tmp/k || echo closed; head -c 3 /dev/zero | tr '\\0' z; echo") with
        {
            Devices = [new DeviceMapping("/dev/zero", "/dev/kmsg0", "r")],
        };
        string log = (await host.RunAsync(spec)).Log;
        Assert.Contains(" F given", log, StringComparison.Ordinal);
        Assert.Contains(" F closed", log, StringComparison.Ordinal);
        Assert.Contains(" zzz", log, StringComparison.Ordinal);
    }
}
