using Argosy.Runtime;

namespace Argosy.Engine.Containers.Model;

/// <summary>The part of a container that belongs to this host (Engine API, HostConfig), parsed.</summary>
public sealed record HostSettings
{
    /// <summary>default, bridge, host, none, container:ID or a network.</summary>
    public string NetworkMode { get; set; } = "default";

    /// <summary>Ports to publish.</summary>
    public IReadOnlyList<PortBinding> PortBindings { get; set; } = [];

    /// <summary>Publish every exposed port at a free one.</summary>
    public bool PublishAllPorts { get; init; }

    /// <summary>What happens after an exit.</summary>
    public RestartPolicy RestartPolicy { get; set; } = RestartPolicy.None;

    /// <summary>Remove the container, and its anonymous volumes, when it ends.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>Memory, CPU, pids, block I/O, device rules.</summary>
    public ResourceLimits Resources { get; set; } = new();

    /// <summary>Capabilities to add to Docker's default set; ALL for all.</summary>
    public IReadOnlyList<string> CapAdd { get; set; } = [];

    /// <summary>Capabilities to take away; ALL for all.</summary>
    public IReadOnlyList<string> CapDrop { get; set; } = [];

    /// <summary>All capabilities and devices, no seccomp, no masked paths.</summary>
    public bool Privileged { get; init; }

    /// <summary>The root file system is mounted read-only.</summary>
    public bool ReadonlyRootfs { get; init; }

    /// <summary>No gain of privileges by setuid programs.</summary>
    public bool NoNewPrivileges { get; init; }

    /// <summary>"" for the default profile, "unconfined", or a profile as JSON.</summary>
    public string Seccomp { get; set; } = "";

    /// <summary>A profile of the host's AppArmor; null for none.</summary>
    public string? AppArmorProfile { get; init; }

    /// <summary>Null: Docker's default list.</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <summary>Null: Docker's default list.</summary>
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    /// <summary>Bytes of /dev/shm; 0: 64 MiB.</summary>
    public long ShmSize { get; init; }

    /// <summary>Name servers.</summary>
    public IReadOnlyList<string> Dns { get; set; } = [];

    /// <summary>Search domains.</summary>
    public IReadOnlyList<string> DnsSearch { get; set; } = [];

    /// <summary>resolv.conf options.</summary>
    public IReadOnlyList<string> DnsOptions { get; set; } = [];

    /// <summary>host:address lines for /etc/hosts; the address may be host-gateway.</summary>
    public IReadOnlyList<string> ExtraHosts { get; set; } = [];

    /// <summary>Additional groups, names or ids.</summary>
    public IReadOnlyList<string> GroupAdd { get; set; } = [];

    /// <summary>"", host or container:ID.</summary>
    public string PidMode { get; set; } = "";

    /// <summary>"", private, shareable, none, host or container:ID.</summary>
    public string IpcMode { get; set; } = "";

    /// <summary>"" or host.</summary>
    public string UtsMode { get; set; } = "";

    /// <summary>"", private or host.</summary>
    public string CgroupnsMode { get; set; } = "";

    /// <summary>Parent cgroup; empty for the daemon's.</summary>
    public string CgroupParent { get; set; } = "";

    /// <summary>name=soft:hard.</summary>
    public IReadOnlyList<ResourceUlimit> Ulimits { get; set; } = [];

    /// <summary>Kernel parameters of the container's namespaces.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; set; } = new Dictionary<string, string>();

    /// <summary>Devices of the host.</summary>
    public IReadOnlyList<DeviceMapping> Devices { get; set; } = [];

    /// <summary>Rules of the devices cgroup beside those that <see cref="Devices"/> needs.</summary>
    public IReadOnlyList<DeviceRule> DeviceCgroupRules { get; set; } = [];

    /// <summary>-1000 to 1000; null for the daemon's.</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>Run an init that reaps zombies as PID 1.</summary>
    public bool Init { get; init; }

    /// <summary>json-file, local or none.</summary>
    public string LogDriver { get; set; } = "json-file";

    /// <summary>The log driver's options.</summary>
    public IReadOnlyDictionary<string, string> LogOptions { get; set; } = new Dictionary<string, string>();

    /// <summary>crun, runc or empty for the daemon's default.</summary>
    public string Runtime { get; set; } = "";

    /// <summary>OCI annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; set; } = new Dictionary<string, string>();

    /// <summary>Rows and columns of the first terminal; null for the default.</summary>
    public TerminalSize? ConsoleSize { get; init; }
}
