using Argosy.Runtime;

namespace Argosy.Engine.Containers.Model;

/// <summary>The part of a container that belongs to this host (Engine API, HostConfig), parsed.</summary>
public sealed record HostSettings
{
    /// <summary>default, bridge, host, none, container:ID or a network.</summary>
    public string NetworkMode { get; init; } = "default";

    /// <summary>Ports to publish.</summary>
    public IReadOnlyList<PortBinding> PortBindings { get; init; } = [];

    /// <summary>Publish every exposed port at a free one.</summary>
    public bool PublishAllPorts { get; init; }

    /// <summary>What happens after an exit.</summary>
    public RestartPolicy RestartPolicy { get; init; } = RestartPolicy.None;

    /// <summary>Remove the container, and its anonymous volumes, when it ends.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>Memory, CPU, pids, block I/O, device rules.</summary>
    public ResourceLimits Resources { get; init; } = new();

    /// <summary>Capabilities to add to Docker's default set; ALL for all.</summary>
    public IReadOnlyList<string> CapAdd { get; init; } = [];

    /// <summary>Capabilities to take away; ALL for all.</summary>
    public IReadOnlyList<string> CapDrop { get; init; } = [];

    /// <summary>All capabilities and devices, no seccomp, no masked paths.</summary>
    public bool Privileged { get; init; }

    /// <summary>The root file system is mounted read-only.</summary>
    public bool ReadonlyRootfs { get; init; }

    /// <summary>No gain of privileges by setuid programs.</summary>
    public bool NoNewPrivileges { get; init; }

    /// <summary>"" for the default profile, "unconfined", or a profile as JSON.</summary>
    public string Seccomp { get; init; } = "";

    /// <summary>Null: Docker's default list.</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <summary>Null: Docker's default list.</summary>
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    /// <summary>Bytes of /dev/shm; 0: 64 MiB.</summary>
    public long ShmSize { get; init; }

    /// <summary>Name servers.</summary>
    public IReadOnlyList<string> Dns { get; init; } = [];

    /// <summary>Search domains.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>resolv.conf options.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>host:address lines for /etc/hosts; the address may be host-gateway.</summary>
    public IReadOnlyList<string> ExtraHosts { get; init; } = [];

    /// <summary>Additional groups, names or ids.</summary>
    public IReadOnlyList<string> GroupAdd { get; init; } = [];

    /// <summary>"", host or container:ID.</summary>
    public string PidMode { get; init; } = "";

    /// <summary>"", private, shareable, none, host or container:ID.</summary>
    public string IpcMode { get; init; } = "";

    /// <summary>"" or host.</summary>
    public string UtsMode { get; init; } = "";

    /// <summary>"", private or host.</summary>
    public string CgroupnsMode { get; init; } = "";

    /// <summary>Parent cgroup; empty for the daemon's.</summary>
    public string CgroupParent { get; init; } = "";

    /// <summary>name=soft:hard.</summary>
    public IReadOnlyList<ResourceUlimit> Ulimits { get; init; } = [];

    /// <summary>Kernel parameters of the container's namespaces.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    /// <summary>Devices of the host.</summary>
    public IReadOnlyList<DeviceMapping> Devices { get; init; } = [];

    /// <summary>Rules of the devices cgroup beside those that <see cref="Devices"/> needs.</summary>
    public IReadOnlyList<DeviceRule> DeviceCgroupRules { get; init; } = [];

    /// <summary>-1000 to 1000; null for the daemon's.</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>Run an init that reaps zombies as PID 1.</summary>
    public bool Init { get; init; }

    /// <summary>json-file, local or none.</summary>
    public string LogDriver { get; init; } = "json-file";

    /// <summary>The log driver's options.</summary>
    public IReadOnlyDictionary<string, string> LogOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>crun, runc or empty for the daemon's default.</summary>
    public string Runtime { get; init; } = "";

    /// <summary>OCI annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Rows and columns of the first terminal; null for the default.</summary>
    public TerminalSize? ConsoleSize { get; init; }
}
