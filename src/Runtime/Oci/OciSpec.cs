using System.Text.Json.Serialization;

namespace Argosy.Runtime.Oci;

/// <summary>config.json (OCI runtime spec 1.0.2, config.md); only what Argosy writes.</summary>
internal sealed record OciSpec
{
    public string OciVersion { get; init; } = "1.0.2";
    public required OciProcess Process { get; init; }
    public required OciRoot Root { get; init; }
    public string? Hostname { get; init; }
    public string? Domainname { get; init; }
    public required IReadOnlyList<OciMount> Mounts { get; init; }
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
    public required OciLinux Linux { get; init; }
}

/// <summary>config.md#process; also the file of <c>exec --process</c>.</summary>
internal sealed record OciProcess
{
    public bool Terminal { get; init; }
    public OciConsoleSize? ConsoleSize { get; init; }
    public required OciUser User { get; init; }
    public required IReadOnlyList<string> Args { get; init; }
    public required IReadOnlyList<string> Env { get; init; }
    public required string Cwd { get; init; }
    public required OciCapabilities Capabilities { get; init; }
    public IReadOnlyList<OciRlimit>? Rlimits { get; init; }
    public bool NoNewPrivileges { get; init; }
    public string? ApparmorProfile { get; init; }
    public int? OomScoreAdj { get; init; }
}

internal sealed record OciConsoleSize(uint Height, uint Width);

internal sealed record OciUser(uint Uid, uint Gid, IReadOnlyList<uint>? AdditionalGids);

internal sealed record OciCapabilities(
    IReadOnlyList<string> Bounding,
    IReadOnlyList<string> Effective,
    IReadOnlyList<string> Inheritable,
    IReadOnlyList<string> Permitted,
    IReadOnlyList<string> Ambient);

internal sealed record OciRlimit(string Type, ulong Hard, ulong Soft);

internal sealed record OciRoot(string Path, bool Readonly);

internal sealed record OciMount(string Destination, string Type, string Source, IReadOnlyList<string> Options);

/// <summary>config-linux.md.</summary>
internal sealed record OciLinux
{
    public required IReadOnlyList<OciNamespace> Namespaces { get; init; }
    public IReadOnlyList<OciDevice>? Devices { get; init; }
    public required string CgroupsPath { get; init; }
    public required OciResources Resources { get; init; }
    public IReadOnlyDictionary<string, string>? Sysctl { get; init; }
    public OciSeccomp? Seccomp { get; init; }
    public string? RootfsPropagation { get; init; }
    public IReadOnlyList<string>? MaskedPaths { get; init; }
    public IReadOnlyList<string>? ReadonlyPaths { get; init; }
}

internal sealed record OciNamespace(string Type, string? Path);

internal sealed record OciDevice(string Path, string Type, long Major, long Minor, uint? FileMode, uint Uid, uint Gid);

/// <summary>config-linux.md#control-groups; also the file of <c>update --resources</c>.</summary>
internal sealed record OciResources
{
    public IReadOnlyList<OciDeviceRule>? Devices { get; init; }
    public OciMemory? Memory { get; init; }
    public OciCpu? Cpu { get; init; }
    public OciPids? Pids { get; init; }

    [JsonPropertyName("blockIO")]
    public OciBlockIo? BlockIo { get; init; }
}

internal sealed record OciDeviceRule(bool Allow, string? Type, long? Major, long? Minor, string Access);

internal sealed record OciMemory(long? Limit, long? Reservation, long? Swap, long? Swappiness, bool? DisableOOMKiller);

internal sealed record OciCpu(long? Shares, long? Quota, long? Period, long? RealtimeRuntime, long? RealtimePeriod, string? Cpus, string? Mems);

internal sealed record OciPids(long Limit);

internal sealed record OciBlockIo
{
    public ushort? Weight { get; init; }
    public IReadOnlyList<OciWeightDevice>? WeightDevice { get; init; }
    public IReadOnlyList<OciThrottleDevice>? ThrottleReadBpsDevice { get; init; }
    public IReadOnlyList<OciThrottleDevice>? ThrottleWriteBpsDevice { get; init; }

    [JsonPropertyName("throttleReadIOPSDevice")]
    public IReadOnlyList<OciThrottleDevice>? ThrottleReadIopsDevice { get; init; }

    [JsonPropertyName("throttleWriteIOPSDevice")]
    public IReadOnlyList<OciThrottleDevice>? ThrottleWriteIopsDevice { get; init; }
}

internal sealed record OciWeightDevice(long Major, long Minor, ushort Weight);

internal sealed record OciThrottleDevice(long Major, long Minor, ulong Rate);

/// <summary>config-linux.md#seccomp.</summary>
internal sealed record OciSeccomp(string DefaultAction, uint? DefaultErrnoRet, IReadOnlyList<string> Architectures, IReadOnlyList<OciSyscall> Syscalls);

internal sealed record OciSyscall(IReadOnlyList<string> Names, string Action, uint? ErrnoRet, IReadOnlyList<OciSyscallArg>? Args);

internal sealed record OciSyscallArg(uint Index, ulong Value, ulong ValueTwo, string Op);
