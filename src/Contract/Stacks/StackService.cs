namespace Argosy.Contract.Stacks;

/// <summary>One service: what each of its containers is made from. Sizes are bytes; null means "not said, the image or the engine decides".</summary>
public sealed record StackService
{
    public string? Image { get; init; }
    public StackBuild? Build { get; init; }
    public bool? Attach { get; init; }
    public IReadOnlyList<string> CapAdd { get; set; } = [];
    public IReadOnlyList<string> CapDrop { get; set; } = [];
    public string? CgroupParent { get; init; }

    /// <summary>Null: the image's. Empty: none.</summary>
    public IReadOnlyList<string>? Command { get; init; }
    public IReadOnlyList<StackFileReference> Configs { get; set; } = [];
    public string? ContainerName { get; init; }
    public double? Cpus { get; init; }
    public long? CpuShares { get; init; }
    public long? CpuQuota { get; init; }
    public long? CpuPeriod { get; init; }
    public string? Cpuset { get; init; }
    public IReadOnlyDictionary<string, StackDependency> DependsOn { get; set; } = new Dictionary<string, StackDependency>();
    public StackDeploy? Deploy { get; init; }
    public IReadOnlyList<StackDevice> Devices { get; set; } = [];
    public IReadOnlyList<string> Dns { get; set; } = [];
    public IReadOnlyList<string> DnsOpt { get; set; } = [];
    public IReadOnlyList<string> DnsSearch { get; set; } = [];
    public string? Domainname { get; init; }

    /// <summary>Null: the image's. Empty: none.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>env_file and environment, resolved. A null value removes the image's variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; set; } = new Dictionary<string, string?>();
    public IReadOnlyList<string> Expose { get; set; } = [];

    /// <summary><c>name=address</c> each.</summary>
    public IReadOnlyList<string> ExtraHosts { get; set; } = [];
    public IReadOnlyList<string> GroupAdd { get; set; } = [];
    public StackHealthCheck? Healthcheck { get; init; }
    public string? Hostname { get; init; }
    public bool? Init { get; init; }
    public string? Ipc { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
    public StackLogging? Logging { get; init; }
    public string? MacAddress { get; init; }
    public long? MemLimit { get; init; }
    public long? MemReservation { get; init; }
    public long? MemswapLimit { get; init; }
    public string? NetworkMode { get; init; }
    public IReadOnlyDictionary<string, StackServiceNetwork?> Networks { get; set; } = new Dictionary<string, StackServiceNetwork?>();
    public int? OomScoreAdj { get; init; }
    public string? Pid { get; init; }
    public long? PidsLimit { get; init; }
    public string? Platform { get; init; }
    public IReadOnlyList<StackPort> Ports { get; set; } = [];
    public bool? Privileged { get; init; }
    public IReadOnlyList<string> Profiles { get; set; } = [];
    public string? PullPolicy { get; init; }
    public bool? ReadOnly { get; init; }
    public string? Restart { get; init; }
    public int? Scale { get; init; }
    public IReadOnlyList<StackFileReference> Secrets { get; set; } = [];
    public IReadOnlyList<string> SecurityOpt { get; set; } = [];
    public long? ShmSize { get; init; }
    public bool? StdinOpen { get; init; }
    public TimeSpan? StopGracePeriod { get; init; }
    public string? StopSignal { get; init; }
    public IReadOnlyDictionary<string, string> Sysctls { get; set; } = new Dictionary<string, string>();

    /// <summary><c>/path[:options]</c> each.</summary>
    public IReadOnlyList<string> Tmpfs { get; set; } = [];
    public bool? Tty { get; init; }
    public IReadOnlyDictionary<string, StackUlimit> Ulimits { get; set; } = new Dictionary<string, StackUlimit>();
    public string? User { get; init; }
    public string? UsernsMode { get; init; }
    public string? Uts { get; init; }
    public IReadOnlyList<StackMount> Volumes { get; set; } = [];
    public string? WorkingDir { get; init; }

    /// <summary>How many containers are wanted: scale, else deploy.replicas, else one.</summary>
    public int WantedReplicas() => Scale ?? Deploy?.Replicas ?? 1;
}
