using System.Globalization;
using Argosy.Core;
using Argosy.Runtime.Stats;

namespace Argosy.Runtime;

public sealed partial class OciRuntime
{
    /// <summary>What a running container uses now; null when it does not run.</summary>
    public ContainerStats? ReadStats(ContainerId id)
    {
        Bundle bundle = Bundle(id);
        int pid = GetPid(id);
        if (pid == 0 || bundle.CgroupPath is not { } cgroup)
            return null;
        (ulong systemCpu, int processors) = HostCounters.Cpu(CgroupFile.Text("/proc", "stat"));
        ulong hostMemory = HostCounters.Memory(CgroupFile.Text("/proc", "meminfo"));
        string processDirectory = $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}";
        ContainerStats stats = Read(cgroup.TrimStart('/'), systemCpu, processors, hostMemory);
        return stats with { Networks = HostCounters.Networks(CgroupFile.Text(processDirectory, "net/dev")) };
    }

    /// <summary>The processes of a running container, as <c>ps</c> on the host shows them.</summary>
    /// <param name="psArgs">ps's own arguments; empty is <c>-ef</c>. A PID column must be among what they show.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.Conflict"/> when it does not run.</exception>
    public async Task<ProcessTable> TopAsync(ContainerId id, string psArgs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Bundle bundle = Bundle(id);
        if (!IsAlive(id) || bundle.CgroupPath is not { } cgroup)
            throw NotRunning(id);
        HashSet<int> pids = CgroupTree.Processes(cgroups.Root, cgroup);
        string ps = RuntimeBinaries.Find("ps") ?? throw new EngineException(ErrorKind.Internal, "Error running ps: exec: \"ps\": executable file not found in $PATH");
        string[] args = psArgs.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        (int exitCode, string output) = await RuntimeCommand.RunAsync(ps, args.Length == 0 ? ["-ef"] : args);
        return exitCode == 0
            ? ProcessTable.Parse(output, pids)
            : throw new EngineException(ErrorKind.Internal, "Error running ps: " + output.Trim());
    }

    private ContainerStats Read(string cgroup, ulong systemCpu, int processors, ulong hostMemory)
    {
        if (cgroups.IsUnified)
        {
            var unified = new CgroupV2Stats(Path.Combine(cgroups.Root, cgroup));
            (ulong current, ulong limit) = unified.Pids();
            return new ContainerStats
            {
                Cpu = unified.Cpu(),
                SystemCpu = systemCpu,
                OnlineCpus = processors,
                Memory = unified.Memory(hostMemory),
                Pids = current,
                PidsLimit = limit,
                BlockBytes = unified.BlockBytes(),
            };
        }
        var split = new CgroupV1Stats(cgroups.Root, cgroup);
        (ulong now, ulong most) = split.Pids();
        return new ContainerStats
        {
            Cpu = split.Cpu(),
            SystemCpu = systemCpu,
            OnlineCpus = processors,
            Memory = split.Memory(hostMemory),
            Pids = now,
            PidsLimit = most,
            BlockBytes = split.BlockBytes(),
            BlockOperations = split.BlockOperations(),
        };
    }
}
