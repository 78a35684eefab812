using Argosy.Contract.Containers;
using Argosy.Runtime;

namespace Argosy.Api.Routes.Containers;

/// <summary>What dockerd fills into a HostConfig before it keeps it; inspect shows it so.</summary>
internal static class HostConfigDefaults
{
    private const long DefaultShmSize = 64 << 20;

    internal static HostConfig Apply(HostConfig host) => host with
    {
        NetworkMode = host.NetworkMode is "" or "default" ? "bridge" : host.NetworkMode,
        RestartPolicy = host.RestartPolicy is null or { Name: "" } ? new RestartPolicy { Name = "no" } : host.RestartPolicy,
        LogConfig = host.LogConfig is null or { Type: "" } ? new LogConfig { Type = "json-file", Config = host.LogConfig?.Config ?? new Dictionary<string, string>() } : host.LogConfig with { Config = host.LogConfig.Config ?? new Dictionary<string, string>() },
        ShmSize = host.ShmSize == 0 ? DefaultShmSize : host.ShmSize,
        IpcMode = host.IpcMode.Length == 0 ? "private" : host.IpcMode,
        CgroupnsMode = host.CgroupnsMode.Length == 0 ? HostCgroup() : host.CgroupnsMode,
        PortBindings = host.PortBindings ?? new Dictionary<string, IReadOnlyList<PortBinding>?>(),
        MaskedPaths = host.MaskedPaths ?? (host.Privileged ? null : DefaultPaths.Masked),
        ReadonlyPaths = host.ReadonlyPaths ?? (host.Privileged ? null : DefaultPaths.Readonly),
        OomKillDisable = host.OomKillDisable ?? (HostFeatures.Current.OomKillDisable ? false : null),
        ConsoleSize = host.ConsoleSize ?? [0, 0],
        MemorySwap = host is { Memory: > 0, MemorySwap: 0 } ? host.Memory * 2 : host.MemorySwap,
    };

    /// <summary>Docker's default: the host's cgroup namespace on version 1, a private one on version 2.</summary>
    private static string HostCgroup() => File.Exists("/sys/fs/cgroup/cgroup.controllers") ? "private" : "host";
}
