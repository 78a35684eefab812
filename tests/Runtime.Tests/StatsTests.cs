using Argosy.Core;
using Argosy.Runtime.Stats;

namespace Argosy.Runtime.Tests;

public sealed class StatsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("argosy-cg-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Version_one_is_read_from_a_directory_per_controller()
    {
        Write("cpu,cpuacct/argosy/x/cpuacct.usage", "1500\n");
        Write("cpu,cpuacct/argosy/x/cpuacct.usage_user", "1000\n");
        Write("cpu,cpuacct/argosy/x/cpuacct.usage_sys", "500\n");
        Write("cpu,cpuacct/argosy/x/cpuacct.usage_percpu", "700 800 \n");
        Write("cpu,cpuacct/argosy/x/cpu.stat", "nr_periods 7\nnr_throttled 3\nthrottled_time 99\n");
        Write("memory/argosy/x/memory.usage_in_bytes", "4096\n");
        Write("memory/argosy/x/memory.max_usage_in_bytes", "8192\n");
        Write("memory/argosy/x/memory.limit_in_bytes", "9223372036854771712\n");
        Write("memory/argosy/x/memory.stat", "cache 11\ntotal_inactive_file 12\n");
        Write("pids/argosy/x/pids.current", "5\n");
        Write("pids/argosy/x/pids.max", "max\n");
        Write("blkio/argosy/x/blkio.throttle.io_service_bytes", "254:0 Read 100\n254:0 Write 200\nTotal 300\n");
        var stats = new CgroupV1Stats(root, "argosy/x");
        CpuCounters cpu = stats.Cpu();
        Assert.Equal((1500ul, 1000ul, 500ul, 7ul, 3ul, 99ul), (cpu.Total, cpu.User, cpu.Kernel, cpu.Periods, cpu.ThrottledPeriods, cpu.ThrottledTime));
        Assert.Equal([700ul, 800ul], cpu.PerCpu);
        MemoryUse memory = stats.Memory(hostMemory: 1_000_000);
        Assert.Equal((4096ul, 8192ul, 1_000_000ul, 12ul), (memory.Usage, memory.MaxUsage, memory.Limit, memory.Details["total_inactive_file"]));
        Assert.Equal((5ul, 0ul), stats.Pids());
        Assert.Equal([new BlockCounter(254, 0, "Read", 100), new BlockCounter(254, 0, "Write", 200)], stats.BlockBytes());
    }

    [Fact]
    public void Version_two_is_read_from_one_directory()
    {
        Write("cpu.stat", "usage_usec 15\nuser_usec 10\nsystem_usec 5\nnr_periods 1\nnr_throttled 2\nthrottled_usec 3\n");
        Write("memory.current", "4096\n");
        Write("memory.max", "8192\n");
        Write("memory.stat", "anon 1\nfile 2\n");
        Write("memory.events", "low 0\noom 4\noom_kill 1\n");
        Write("pids.current", "5\n");
        Write("pids.max", "max\n");
        Write("io.stat", "254:0 rbytes=100 wbytes=200 rios=1 wios=2 dbytes=0 dios=0\n");
        var stats = new CgroupV2Stats(root);
        Assert.Equal((15_000ul, 10_000ul, 5_000ul, 3_000ul), (stats.Cpu().Total, stats.Cpu().User, stats.Cpu().Kernel, stats.Cpu().ThrottledTime));
        MemoryUse memory = stats.Memory(hostMemory: 1_000_000);
        Assert.Equal((4096ul, 8192ul, 4ul), (memory.Usage, memory.Limit, memory.FailCount));
        Assert.Equal((5ul, ulong.MaxValue), stats.Pids());
        Assert.Equal([new BlockCounter(254, 0, "read", 100), new BlockCounter(254, 0, "write", 200)], stats.BlockBytes());
    }

    [Fact]
    public void The_hosts_time_is_the_sum_of_seven_fields()
    {
        (ulong time, int processors) = HostCounters.Cpu("cpu  1 2 3 4 5 6 7 8 9 10\ncpu0 1 1 1\ncpu1 1 1 1\nintr 5\n");
        Assert.Equal((28ul * 10_000_000, 2), (time, processors));
    }

    [Fact]
    public void Interfaces_are_read_without_the_loopback()
    {
        const string NetDev = "Inter-|   Receive  |  Transmit\n face |bytes packets\n    lo:  9 9 9 9 0 0 0 0 9 9 9 9 0 0 0 0\n  eth0: 1 2 3 4 0 0 0 0 5 6 7 8 0 0 0 0\n";
        Assert.Equal(new InterfaceCounters(1, 2, 3, 4, 5, 6, 7, 8), Assert.Single(HostCounters.Networks(NetDev)).Value);
    }

    [Fact]
    public void Pss_table_is_cut_down_to_the_containers_processes()
    {
        var table = ProcessTable.Parse("UID  PID PPID CMD\nroot 1 0 init\nroot 42 1 sleep 100 seconds\n", new HashSet<int> { 42 });
        Assert.Equal(["UID", "PID", "PPID", "CMD"], table.Titles);
        Assert.Equal(["root", "42", "1", "sleep 100 seconds"], Assert.Single(table.Processes));
        Assert.Throws<EngineException>(() => ProcessTable.Parse("A B\n1 2\n", new HashSet<int>()));
    }

    [Fact]
    [Trait("Needs", "Root")]
    public async Task A_running_container_has_figures_and_a_process_table()
    {
        await using var host = new TestHost();
        ContainerSpec spec = host.Spec("/bin/sh", "-c", "while :; do :; done") with { Resources = new ResourceLimits { Memory = 32 << 20, PidsLimit = 50 } };
        int pid = await host.Runtime.CreateAsync(spec, CancellationToken.None);
        await host.Runtime.StartAsync(spec.Id, CancellationToken.None);
        ContainerStats? stats = null;
        for (var deadline = DateTime.UtcNow.AddSeconds(10); DateTime.UtcNow < deadline && !(stats?.Cpu.Total > 50_000_000); await Task.Delay(20))
            stats = host.Runtime.ReadStats(spec.Id);
        Assert.NotNull(stats);
        Assert.True(stats.Cpu.Total > 50_000_000);
        Assert.Equal((1ul, 50ul, 32ul << 20), (stats.Pids, stats.PidsLimit, stats.Memory.Limit));
        Assert.True(stats.Memory.Usage > 0 && stats.SystemCpu > stats.Cpu.Total);
        ProcessTable table = await host.Runtime.TopAsync(spec.Id, "", CancellationToken.None);
        IReadOnlyList<string> row = Assert.Single(table.Processes);
        Assert.Equal(pid.ToString(), row[table.Titles.ToList().IndexOf("PID")]);
        Assert.Contains("while :; do", row[^1], StringComparison.Ordinal);
        await host.Runtime.SignalAsync(spec.Id, 9, CancellationToken.None);
        await host.NextExitAsync();
        Assert.Null(host.Runtime.ReadStats(spec.Id));
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
