using Argosy.Core;

namespace Argosy.Runtime.Oci;

/// <summary>Makes the OCI runtime's config.json of a <see cref="ContainerSpec"/>, with Docker's defaults.</summary>
internal sealed class OciSpecBuilder(DaemonPaths paths, SeccompProfiles seccomp, HostCgroups cgroups)
{
    private const string InitDestination = "/sbin/docker-init";

    /// <summary>The container's system call filter; null is none.</summary>
    public SeccompFilter? Filter(ContainerSpec spec) =>
        spec.Privileged && spec.Seccomp.CustomProfile is null ? null : seccomp.Resolve(spec.Seccomp, spec.Process.Capabilities.Bounding);

    /// <summary>The whole document.</summary>
    public OciSpec Build(ContainerSpec spec, RuntimeBinary runtime, SeccompFilter? filter)
    {
        string? compiled = runtime.IsCrun ? filter?.Compiled : null;
        IReadOnlyList<OciDevice> devices = DeviceNodes.For(spec);
        return new OciSpec
        {
            Process = Process(spec.Process, spec.InitPath is not null) with { OomScoreAdj = spec.OomScoreAdj },
            Root = new OciRoot(spec.RootfsPath, spec.ReadonlyRootfs),
            Hostname = spec.Namespaces.Uts.IsHost ? null : spec.Hostname,
            Domainname = spec.Namespaces.Uts.IsHost ? null : spec.Domainname,
            Mounts = MountList.Build(spec, InitDestination),
            Annotations = Annotations(spec, compiled),
            Linux = new OciLinux
            {
                Namespaces = Namespaces(spec),
                Devices = devices.Count == 0 ? null : devices,
                CgroupsPath = CgroupPath(spec),
                Resources = ResourceBlock.Build(spec.Resources) with { Devices = DeviceNodes.Rules(spec, devices) },
                Sysctl = spec.Sysctls.Count == 0 ? null : spec.Sysctls,
                Seccomp = compiled is null ? filter?.Profile : null,
                RootfsPropagation = spec.RootfsPropagation ?? MountList.Propagation(spec.Mounts),
                MaskedPaths = spec.MaskedPaths ?? (spec.Privileged ? [] : DefaultPaths.Masked),
                ReadonlyPaths = spec.ReadonlyPaths ?? (spec.Privileged ? [] : DefaultPaths.Readonly),
            },
        };
    }

    /// <summary>The process block, which is also the file of an exec.</summary>
    public static OciProcess Process(ProcessSpec process, bool withInit = false) => new()
    {
        Terminal = process.Terminal,
        ConsoleSize = process is { Terminal: true, ConsoleSize: { } size } ? new OciConsoleSize(size.Rows, size.Columns) : null,
        User = new OciUser(process.User.Uid, process.User.Gid, process.User.AdditionalGids.Count == 0 ? null : process.User.AdditionalGids),
        Args = withInit ? [InitDestination, "--", .. process.Args] : process.Args,
        Env = process.Env,
        Cwd = process.WorkingDirectory.Length == 0 ? "/" : process.WorkingDirectory,
        Capabilities = Sets(process.Capabilities),
        Rlimits = process.Rlimits.Count == 0 ? null : [.. process.Rlimits.Select(Rlimit)],
        NoNewPrivileges = process.NoNewPrivileges,
        ApparmorProfile = process.AppArmorProfile,
    };

    /// <summary>Where the container's cgroup is, from each hierarchy's root.</summary>
    public string CgroupPath(ContainerSpec spec) =>
        $"{(spec.CgroupParent is { Length: > 0 } parent ? "/" + parent.Trim('/') : "/" + paths.InstanceName)}/{spec.Id.Value}";

    private static IReadOnlyDictionary<string, string>? Annotations(ContainerSpec spec, string? compiled)
    {
        if (compiled is null)
            return spec.Annotations.Count == 0 ? null : spec.Annotations;
        return new Dictionary<string, string>(spec.Annotations) { [SeccompFilter.Annotation] = compiled };
    }

    private static OciCapabilities Sets(CapabilitySets sets) =>
        new(sets.Bounding, sets.Effective, sets.Inheritable, sets.Permitted, sets.Ambient);

    private static OciRlimit Rlimit(ResourceUlimit limit) =>
        new("RLIMIT_" + limit.Name.ToUpperInvariant(), Unlimited(limit.Hard), Unlimited(limit.Soft));

    private static ulong Unlimited(long value) => value < 0 ? ulong.MaxValue : (ulong)value;

    private List<OciNamespace> Namespaces(ContainerSpec spec)
    {
        var list = new List<OciNamespace> { new("mount", null) };
        if (spec.NetworkNamespacePath is { } network)
            list.Add(new OciNamespace("network", network));
        Add(list, "pid", spec.Namespaces.Pid);
        Add(list, "ipc", spec.Namespaces.Ipc);
        Add(list, "uts", spec.Namespaces.Uts);
        Add(list, "cgroup", spec.Namespaces.Cgroup ?? (cgroups.IsUnified && !spec.Privileged ? NamespaceMode.Private : NamespaceMode.Host));
        return list;
    }

    private static void Add(List<OciNamespace> list, string type, NamespaceMode mode)
    {
        if (!mode.IsHost)
            list.Add(new OciNamespace(type, mode.Path));
    }
}
