using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>All that the OCI runtime has to know to create one container; resolved, nothing in it is a default to be found out later.</summary>
public sealed record ContainerSpec
{
    public required ContainerId Id { get; init; }

    /// <summary>The mounted root file system (overlay's merged directory).</summary>
    public required string RootfsPath { get; init; }

    public required string Hostname { get; init; }

    /// <summary>NIS domain name; null leaves the kernel's.</summary>
    public string? Domainname { get; init; }

    public required ProcessSpec Process { get; init; }

    /// <summary>
    /// Mounts beside Docker's default ones (/proc, /dev, /dev/pts, /dev/mqueue, /dev/shm, /sys, /sys/fs/cgroup), in any order:
    /// they are sorted by depth. One that has a default's destination replaces it.
    /// </summary>
    public IReadOnlyList<MountSpec> Mounts { get; init; } = [];

    /// <summary>The network namespace to join; null is the host's network.</summary>
    public string? NetworkNamespacePath { get; init; }

    public NamespaceModes Namespaces { get; init; } = new();

    public ResourceLimits Resources { get; init; } = new();

    /// <summary>The cgroup below which the container's own is made, such as <c>/argosy</c>; null is <c>/&lt;InstanceName&gt;</c>.</summary>
    public string? CgroupParent { get; init; }

    public bool Privileged { get; init; }

    public bool ReadonlyRootfs { get; init; }

    public SeccompSetting Seccomp { get; init; } = SeccompSetting.Default;

    /// <summary>Null is Docker's default list (nothing when privileged).</summary>
    public IReadOnlyList<string>? MaskedPaths { get; init; }

    /// <summary>Null is Docker's default list (nothing when privileged).</summary>
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }

    public IReadOnlyList<DeviceMapping> Devices { get; init; } = [];

    /// <summary>Rules beside those that the devices need, as <c>c 189:* rmw</c>.</summary>
    public IReadOnlyList<DeviceRule> DeviceRules { get; init; } = [];

    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Size of /dev/shm in bytes; 64 MiB is Docker's default, null is no /dev/shm.</summary>
    public long? ShmSize { get; init; } = 64 << 20;

    /// <summary>An OCI runtime's name or path (<c>crun</c>, <c>runc</c>); null takes the best one that works on this host.</summary>
    public string? Runtime { get; init; }

    /// <summary>Whether standard input is a pipe that can be attached to; otherwise the process reads /dev/null.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>Close standard input when the first attached client goes away; without it stdin stays open for the next client.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Where conmon writes the log, in CRI format, until it is told to begin a new file (<see cref="Logs.LogRotation"/>); null is no log.</summary>
    public string? LogPath { get; init; }

    /// <summary>The part that conmon is started with.</summary>
    public ContainerStreams Streams => new(Id, Runtime, Process.Terminal, OpenStdin, StdinOnce, LogPath);

    public int? OomScoreAdj { get; init; }

    /// <summary>A static init binary on the host (catatonit, tini), mounted at /sbin/docker-init and put before the command; null is none.</summary>
    public string? InitPath { get; init; }

    /// <summary>Mount propagation of the container's root: private, slave, shared or their recursive forms; null is rprivate, or what a mount needs.</summary>
    public string? RootfsPropagation { get; init; }
}
