using System.Globalization;
using Argosy.Contract.Containers;
using Argosy.Contract.Stacks;

namespace Argosy.Stacks;

/// <content>HostConfig: limits, isolation, restart policy.</content>
internal static partial class ContainerRequests
{
    private static HostConfig Host(RequestContext context, StackService service)
    {
        StackResourceAmounts? limits = service.Deploy?.Resources?.Limits;
        return new HostConfig
        {
            Memory = limits?.Memory ?? service.MemLimit ?? 0,
            MemoryReservation = service.Deploy?.Resources?.Reservations?.Memory ?? service.MemReservation ?? 0,
            MemorySwap = service.MemswapLimit ?? 0,
            NanoCpus = (long)Math.Round((limits?.Cpus ?? service.Cpus ?? 0) * 1e9),
            CpuShares = service.CpuShares ?? 0,
            CpuQuota = service.CpuQuota ?? 0,
            CpuPeriod = service.CpuPeriod ?? 0,
            CpusetCpus = service.Cpuset ?? "",
            CgroupParent = service.CgroupParent ?? "",
            PidsLimit = limits?.Pids ?? service.PidsLimit,
            Ulimits = [.. service.Ulimits.Select(entry => new Ulimit { Name = entry.Key, Soft = entry.Value.Soft, Hard = entry.Value.Hard })],
            Devices = [.. service.Devices.Select(Device)],
            CapAdd = service.CapAdd,
            CapDrop = service.CapDrop,
            Privileged = service.Privileged ?? false,
            ReadonlyRootfs = service.ReadOnly ?? false,
            SecurityOpt = service.SecurityOpt,
            Sysctls = service.Sysctls.Count > 0 ? service.Sysctls : null,
            ShmSize = service.ShmSize ?? 0,
            OomScoreAdj = service.OomScoreAdj ?? 0,
            Init = service.Init,
            Dns = service.Dns,
            DnsOptions = service.DnsOpt,
            DnsSearch = service.DnsSearch,
            ExtraHosts = [.. service.ExtraHosts.Select(ExtraHost)],
            GroupAdd = service.GroupAdd,
            NetworkMode = NetworkMode(context, service),
            PidMode = Joined(context, service.Pid),
            IpcMode = Joined(context, service.Ipc),
            UtsMode = service.Uts ?? "",
            UsernsMode = service.UsernsMode ?? "",
            RestartPolicy = Restart(service),
            LogConfig = service.Logging is { } logging ? new LogConfig { Type = logging.Driver ?? "", Config = logging.Options } : null,
            PortBindings = Published(service),
            Mounts = Mounts(context, service),
            Tmpfs = service.Tmpfs.Count > 0 ? service.Tmpfs.ToDictionary(Path, Options) : null,
        };

        static string Path(string tmpfs) => tmpfs.Split(':', 2)[0];
        static string Options(string tmpfs) => tmpfs.Split(':', 2) is [_, var options] ? options : "";
    }

    private static DeviceMapping Device(StackDevice device) => new()
    {
        PathOnHost = device.Source,
        PathInContainer = device.Target ?? device.Source,
        CgroupPermissions = device.Permissions ?? "rwm",
    };

    private static string ExtraHost(string entry)
    {
        int separator = entry.IndexOf('=', StringComparison.Ordinal);
        return $"{entry[..separator]}:{entry[(separator + 1)..]}";
    }

    private static RestartPolicy Restart(StackService service)
    {
        if (service.Restart is { } text)
        {
            string[] parts = text.Split(':');
            return new RestartPolicy { Name = parts[0], MaximumRetryCount = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0 };
        }
        return service.Deploy?.RestartPolicy is not { } policy
            ? new RestartPolicy { Name = "no" }
            : policy.Condition switch
            {
                "none" => new RestartPolicy { Name = "no" },
                "on-failure" => new RestartPolicy { Name = "on-failure", MaximumRetryCount = policy.MaxAttempts ?? 0 },
                _ => new RestartPolicy { Name = "unless-stopped" },
            };
    }

    private static string NetworkMode(RequestContext context, StackService service)
    {
        if (service.NetworkMode is { } mode)
            return Joined(context, mode);
        string? first = ByPriority(service).Select(entry => entry.Key).FirstOrDefault();
        return first is null ? "none" : context.Spec.Networks[first].Name;
    }

    /// <summary><c>service:x</c> is the container of that service now.</summary>
    private static string Joined(RequestContext context, string? mode) =>
        mode?.StartsWith("service:", StringComparison.Ordinal) is true ? "container:" + context.ContainerOf(mode["service:".Length..]) : mode ?? "";

    private static Dictionary<string, EndpointSettings?> Endpoints(RequestContext context, StackService service)
    {
        var endpoints = new Dictionary<string, EndpointSettings?>(StringComparer.Ordinal);
        foreach ((string key, StackServiceNetwork? network) in ByPriority(service))
            endpoints[context.Spec.Networks[key].Name] = Endpoint(context, network);
        return endpoints;
    }

    private static EndpointSettings Endpoint(RequestContext context, StackServiceNetwork? network) => new()
    {
        Aliases = [.. new[] { context.Name, context.Service }.Concat(network?.Aliases ?? []).Distinct()],
        MacAddress = network?.MacAddress ?? "",
        DriverOpts = network?.DriverOpts is { Count: > 0 } options ? options : null,
        IpamConfig = network is { Ipv4Address: null, Ipv6Address: null } or null ? null : new EndpointIpamConfig { IPv4Address = network.Ipv4Address, IPv6Address = network.Ipv6Address },
    };

    private static IEnumerable<KeyValuePair<string, StackServiceNetwork?>> ByPriority(StackService service) =>
        service.Networks.OrderByDescending(entry => entry.Value?.Priority ?? 0);
}
