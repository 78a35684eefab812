using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime;

namespace Argosy.Api.Routes.Containers;

/// <summary>HostConfig in the engine's words.</summary>
internal static class HostTranslator
{
    internal static HostSettings Translate(HostConfig host)
    {
        Refuse(host);
        SecurityOptions security = SecurityOptions.Parse(host.SecurityOpt ?? []);
        return new HostSettings
        {
            NetworkMode = host.NetworkMode,
            PortBindings = [.. Ports(host.PortBindings!)],
            PublishAllPorts = host.PublishAllPorts,
            RestartPolicy = Restart(host.RestartPolicy!),
            AutoRemove = host.AutoRemove,
            Resources = ResourceTranslator.Translate(host),
            CapAdd = host.CapAdd ?? [],
            CapDrop = host.CapDrop ?? [],
            Privileged = host.Privileged,
            ReadonlyRootfs = host.ReadonlyRootfs,
            NoNewPrivileges = security.NoNewPrivileges,
            Seccomp = security.Seccomp,
            AppArmorProfile = security.AppArmor,
            MaskedPaths = security.UnmaskAll ? [] : host.MaskedPaths,
            ReadonlyPaths = security.UnmaskAll ? [] : host.ReadonlyPaths,
            ShmSize = host.ShmSize,
            Dns = host.Dns ?? [],
            DnsSearch = host.DnsSearch ?? [],
            DnsOptions = host.DnsOptions ?? [],
            ExtraHosts = host.ExtraHosts ?? [],
            GroupAdd = host.GroupAdd ?? [],
            PidMode = host.PidMode,
            IpcMode = host.IpcMode,
            UtsMode = host.UtsMode,
            CgroupnsMode = host.CgroupnsMode,
            CgroupParent = host.CgroupParent,
            Ulimits = [.. (host.Ulimits ?? []).Select(limit => new ResourceUlimit(limit.Name, limit.Soft, limit.Hard))],
            Sysctls = host.Sysctls ?? new Dictionary<string, string>(),
            Devices = [.. (host.Devices ?? []).Select(Device)],
            DeviceCgroupRules = [.. (host.DeviceCgroupRules ?? []).Select(ResourceTranslator.DeviceRule)],
            OomScoreAdj = host.OomScoreAdj == 0 ? null : host.OomScoreAdj,
            Init = host.Init ?? false,
            LogDriver = host.LogConfig!.Type,
            LogOptions = host.LogConfig.Config ?? new Dictionary<string, string>(),
            Runtime = host.Runtime ?? "",
            Annotations = host.Annotations ?? new Dictionary<string, string>(),
            ConsoleSize = host.ConsoleSize is [> 0 and var rows, > 0 and var columns] ? new TerminalSize((ushort)rows, (ushort)columns) : null,
        };
    }

    internal static Engine.Containers.Model.RestartPolicy Restart(Contract.Containers.RestartPolicy policy) => new(policy.Name switch
    {
        "" or "no" => RestartMode.No,
        "always" => RestartMode.Always,
        "unless-stopped" => RestartMode.UnlessStopped,
        "on-failure" => RestartMode.OnFailure,
        var other => throw EngineException.Invalid($"invalid restart policy: unknown policy '{other}'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'"),
    }, policy.MaximumRetryCount);

    /// <summary>What Argosy does not do is named, never ignored.</summary>
    private static void Refuse(HostConfig host)
    {
        if (host.DeviceRequests is { Count: > 0 })
            throw EngineException.NotImplemented("could not select device driver: DeviceRequests (--gpus) are not supported");
        if (host.UsernsMode is not ("" or "host"))
            throw EngineException.Invalid($"invalid USER mode: {host.UsernsMode}");
        if (host.StorageOpt is { Count: > 0 })
            throw EngineException.NotImplemented("StorageOpt: --storage-opt is supported only for overlay over xfs with 'pquota' mount option");
        if (host.CpuCount != 0)
            throw EngineException.Invalid("CpuCount is an option of Windows: use NanoCpus");
    }

    internal static IEnumerable<Engine.Containers.Model.PortBinding> Ports(IReadOnlyDictionary<string, IReadOnlyList<Contract.Containers.PortBinding>?> ports)
    {
        foreach ((string key, IReadOnlyList<Contract.Containers.PortBinding>? bindings) in ports)
        {
            (ushort port, string protocol) = PortTranslator.Parse(key);
            foreach (Contract.Containers.PortBinding binding in bindings is { Count: > 0 } ? bindings : [new Contract.Containers.PortBinding()])
                yield return new Engine.Containers.Model.PortBinding(port, protocol, binding.HostIp, binding.HostPort == "0" ? "" : binding.HostPort);
        }
    }

    private static Runtime.DeviceMapping Device(Contract.Containers.DeviceMapping device) => new(
        device.PathOnHost,
        device.PathInContainer.Length > 0 ? device.PathInContainer : device.PathOnHost,
        device.CgroupPermissions.Length > 0 ? device.CgroupPermissions : "rwm");
}
