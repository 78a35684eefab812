using Argosy.Contract.Stacks;

namespace Argosy.Compose;

/// <summary>A canonical service node to a <see cref="StackService"/>.</summary>
internal static partial class ServiceBinder
{
    internal static StackService Bind(ComposeNode node, string path, BindingContext context)
    {
        MapReader service = MapReader.Of(node, path);
        service.Refuse(
            "annotations", "blkio_config", "cgroup", "cpu_count", "cpu_percent", "cpu_rt_period", "cpu_rt_runtime", "credential_spec",
            "device_cgroup_rules", "external_links", "gpus", "isolation", "links", "mem_swappiness", "models", "oom_kill_disable",
            "post_start", "pre_stop", "provider", "pull_refresh_after", "runtime", "storage_opt", "use_api_socket", "volumes_from");
        // "develop" configures Docker Compose's watch mode only; "extends" was resolved before.
        service.Skip("develop", "extends");
        StackService bound = BindResources(service, BindIsolation(service, BindProcess(service, context))) with
        {
            Image = service.Text("image"),
            Build = service.Sub("build", BuildBinder.Bind),
            PullPolicy = PullPolicy(service),
            Platform = service.Text("platform"),
            Attach = service.Flag("attach"),
            ContainerName = service.Text("container_name"),
            DependsOn = service.Map("depends_on", Dependency),
            Profiles = service.Texts("profiles"),
            Scale = service.Int("scale"),
            Restart = Restart(service),
            Healthcheck = service.Sub("healthcheck", HealthCheck),
            Logging = service.Sub("logging", Logging),
            Secrets = service.List("secrets", FileReference),
            Configs = service.List("configs", FileReference),
            Volumes = service.List("volumes", MountBinder.Bind),
            Tmpfs = service.Texts("tmpfs"),
        };
        service.End();
        return Checked(bound, service);
    }

    private static StackService BindProcess(MapReader service, BindingContext context) => new()
    {
        Command = service.TextsOrNull("command"),
        Entrypoint = service.TextsOrNull("entrypoint"),
        Environment = EnvironmentBinder.Bind(service, context),
        Labels = EnvironmentBinder.BindLabels(service, context),
        Hostname = service.Text("hostname"),
        Domainname = service.Text("domainname"),
        User = service.Text("user"),
        WorkingDir = service.Text("working_dir"),
        GroupAdd = service.Texts("group_add"),
        Init = service.Flag("init"),
        StdinOpen = service.Flag("stdin_open"),
        Tty = service.Flag("tty"),
        StopGracePeriod = service.Duration("stop_grace_period"),
        StopSignal = service.Text("stop_signal"),
    };

    private static StackService BindIsolation(MapReader service, StackService bound) => bound with
    {
        CapAdd = service.Texts("cap_add"),
        CapDrop = service.Texts("cap_drop"),
        Devices = service.List("devices", Device),
        Dns = service.Texts("dns"),
        DnsOpt = service.Texts("dns_opt"),
        DnsSearch = service.Texts("dns_search"),
        Expose = service.Texts("expose"),
        ExtraHosts = service.Texts("extra_hosts"),
        Ipc = service.Text("ipc"),
        MacAddress = service.Text("mac_address"),
        NetworkMode = service.Text("network_mode"),
        Networks = service.Map("networks", (node, path) => node.IsNull ? null : ServiceNetwork(node, path)),
        Pid = service.Text("pid"),
        Ports = service.List("ports", Port),
        Privileged = service.Flag("privileged"),
        ReadOnly = service.Flag("read_only"),
        SecurityOpt = service.Texts("security_opt"),
        Sysctls = service.TextMap("sysctls"),
        UsernsMode = service.Text("userns_mode"),
        Uts = service.Text("uts"),
    };

    private static StackService BindResources(MapReader service, StackService bound) => bound with
    {
        CgroupParent = service.Text("cgroup_parent"),
        Cpus = service.Number("cpus"),
        CpuShares = service.Integer("cpu_shares"),
        CpuQuota = service.Integer("cpu_quota"),
        CpuPeriod = service.Integer("cpu_period"),
        Cpuset = service.Text("cpuset"),
        Deploy = service.Sub("deploy", Deploy),
        MemLimit = service.Bytes("mem_limit"),
        MemReservation = service.Bytes("mem_reservation"),
        MemswapLimit = service.Bytes("memswap_limit"),
        OomScoreAdj = service.Int("oom_score_adj"),
        PidsLimit = service.Integer("pids_limit"),
        ShmSize = service.Bytes("shm_size"),
        Ulimits = service.Map("ulimits", Ulimit),
    };

    /// <summary>What only makes sense in combination.</summary>
    private static StackService Checked(StackService bound, MapReader service)
    {
        if (bound.Image is null && bound.Build is null)
            throw ComposeException.At(service.At, service.Path, "has neither an image nor a build context specified");
        if (bound.NetworkMode is not null && bound.Networks.Count > 0)
            throw service.Error("network_mode", "declares mutually exclusive `network_mode` and `networks`");
        if (bound.Scale is { } scale && bound.Deploy?.Replicas is { } replicas && scale != replicas)
            throw service.Error("scale", "can't set distinct values on 'scale' and 'deploy.replicas'");
        if (bound.WantedReplicas() is < 0 or > 1000)
            throw service.Error("scale", "must be between 0 and 1000");
        if (bound.ContainerName is not null && bound.WantedReplicas() > 1)
            throw service.Error("container_name", $"can't set container_name and scale to {bound.WantedReplicas()}");
        return bound;
    }

    private static string? PullPolicy(MapReader service) => service.Text("pull_policy") switch
    {
        null => null,
        "always" or "missing" or "never" or "build" => service.Text("pull_policy"),
        "if_not_present" => "missing",
        var other => throw service.Error("pull_policy", $"\"{other}\" is not supported by Argosy: use always, missing, never or build"),
    };

    private static string? Restart(MapReader service)
    {
        string? policy = service.Text("restart");
        bool known = policy is null or "no" or "always" or "unless-stopped" or "on-failure"
            || (policy.StartsWith("on-failure:", StringComparison.Ordinal) && uint.TryParse(policy["on-failure:".Length..], out _));
        return known ? policy : throw service.Error("restart", $"invalid restart policy '{policy}'");
    }
}
