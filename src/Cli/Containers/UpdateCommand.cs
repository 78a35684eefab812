using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Output;
using Argosy.Cli.Session;
using Argosy.Cli.Syntax;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers;

/// <summary><c>argosy update</c>.</summary>
internal static class UpdateCommand
{
    public static VerbCommand Create(CliSession session)
    {
        Option<string?> memory = Flag.Text("--memory", "bytes", "Memory limit", ["-m"]);
        Option<string?> reservation = Flag.Text("--memory-reservation", "bytes", "Memory soft limit", []);
        Option<string?> swap = Flag.Text("--memory-swap", "bytes", "Swap limit equal to memory plus swap: -1 to enable unlimited swap", []);
        Option<string?> cpus = Flag.Text("--cpus", "decimal", "Number of CPUs", []);
        Option<long?> cpuShares = Flag.Long("--cpu-shares", "CPU shares (relative weight)", "-c");
        Option<long?> cpuPeriod = Flag.Long("--cpu-period", "Limit CPU CFS (Completely Fair Scheduler) period");
        Option<long?> cpuQuota = Flag.Long("--cpu-quota", "Limit CPU CFS (Completely Fair Scheduler) quota");
        Option<long?> realtimePeriod = Flag.Long("--cpu-rt-period", "Limit the CPU real-time period in microseconds");
        Option<long?> realtimeRuntime = Flag.Long("--cpu-rt-runtime", "Limit the CPU real-time runtime in microseconds");
        Option<string?> cpusetCpus = Flag.Text("--cpuset-cpus", "CPUs in which to allow execution (0-3, 0,1)");
        Option<string?> cpusetMems = Flag.Text("--cpuset-mems", "MEMs in which to allow execution (0-3, 0,1)");
        Option<int?> blkioWeight = Flag.Int("--blkio-weight", "Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)");
        Option<long?> pidsLimit = Flag.Long("--pids-limit", "Tune container pids limit (set -1 for unlimited)");
        Option<string?> restart = Flag.Text("--restart", "Restart policy to apply when a container exits");
        Option<string[]> publish = Flag.List("--publish-add", "Publish a port of the container from now on; it may run");
        Option<string[]> unpublish = Flag.List("--publish-rm", "Take back a published port: [ip:]hostPort[/protocol]");
        var command = new VerbCommand("[OPTIONS] CONTAINER [CONTAINER...]", "Update configuration of one or more containers")
            .With(1, "argosy update --memory 512m --cpus 1.5 web", "argosy update --restart unless-stopped web", "argosy update --publish-add 8080:80 --publish-rm 8081 web");
        Option[] options =
        [
            memory, reservation, swap, cpus, cpuShares, cpuPeriod, cpuQuota, realtimePeriod, realtimeRuntime, cpusetCpus, cpusetMems, blkioWeight, pidsLimit, restart,
        ];
        foreach (Option option in options.Append(publish).Append(unpublish))
            command.Add(option);
        return command.Runs((line, cancellationToken) =>
        {
            ContainerPortsRequest? ports = Ports(line.GetAll(publish), line.GetAll(unpublish));
            bool limits = options.Any(line.Has);
            if (!limits && ports is null)
                throw new CliException("you must provide one or more flags when using this command");
            var request = new ContainerUpdateRequest
            {
                Memory = line.Read(memory, ByteSize.Parse, 0),
                MemoryReservation = line.Read(reservation, ByteSize.Parse, 0),
                MemorySwap = line.Read(swap, HostSyntax.ParseSwap, 0),
                NanoCpus = line.Read(cpus, HostSyntax.ParseCpus, 0),
                CpuShares = line.Get(cpuShares) ?? 0,
                CpuPeriod = line.Get(cpuPeriod) ?? 0,
                CpuQuota = line.Get(cpuQuota) ?? 0,
                CpuRealtimePeriod = line.Get(realtimePeriod) ?? 0,
                CpuRealtimeRuntime = line.Get(realtimeRuntime) ?? 0,
                CpusetCpus = line.Get(cpusetCpus) ?? "",
                CpusetMems = line.Get(cpusetMems) ?? "",
                BlkioWeight = line.Get(blkioWeight) ?? 0,
                PidsLimit = line.Get(pidsLimit),
                RestartPolicy = line.Read(restart, HostSyntax.ParseRestart, new RestartPolicy()),
            };
            return EachObject.DoAsync(session, line.Arguments, name => UpdateAsync(session, name, limits ? request : null, ports, cancellationToken));
        });
    }

    private static ContainerPortsRequest? Ports(IReadOnlyList<string> publish, IReadOnlyList<string> unpublish) => publish.Count + unpublish.Count == 0 ? null : new ContainerPortsRequest
    {
        Publish = publish.SelectMany(PortSyntax.ParsePublish).GroupBy(port => port.Port, port => port.Binding).ToDictionary(group => group.Key, group => (IReadOnlyList<PortBinding>?)[.. group]),
        Unpublish = unpublish.Select(PortSyntax.ParseUnpublish).GroupBy(port => port.Port, port => port.Ip)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<string>?)[.. group.Where(address => address.Length > 0)]),
    };

    private static async Task UpdateAsync(CliSession session, string name, ContainerUpdateRequest? request, ContainerPortsRequest? ports, CancellationToken cancellationToken)
    {
        // Ports first: they are what can fail.
        if (ports is not null)
            await session.Client.Containers.ChangePortsAsync(name, ports, cancellationToken);
        if (request is null)
            return;
        ContainerUpdateResponse updated = await session.Client.Containers.UpdateAsync(name, request, cancellationToken);
        foreach (string warning in updated.Warnings ?? [])
            await session.Error.WriteLineAsync(warning);
    }
}
