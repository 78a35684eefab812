using Argosy.Api.Http;
using Argosy.Contract.Containers;
using Argosy.Core;

namespace Argosy.Api.Routes.Containers.Rules;

/// <summary>
/// A create request as its API version had it: fields that a version did not know yet are ignored or refused as dockerd does
/// (moby, postContainersCreate), and defaults are that version's.
/// </summary>
internal static class VersionRules
{
    internal static ContainerCreateRequest Apply(ContainerCreateRequest request, ApiVersion version)
    {
        if (version < new ApiVersion(1, 44) && request.NetworkingConfig?.EndpointsConfig is { Count: > 1 } several)
            throw EngineException.Invalid($"Container cannot be connected to network endpoints: {string.Join(", ", several.Keys.Order(StringComparer.Ordinal))}");
        HostConfig host = request.HostConfig ?? new HostConfig();
        host = Defaults(host, version);
        host = host with { Mounts = host.Mounts is null ? null : [.. host.Mounts.Select(mount => Mount(mount, version))] };
        return request with
        {
            HostConfig = host,
            Healthcheck = version < new ApiVersion(1, 44) && request.Healthcheck is { } check ? check with { StartInterval = 0 } : request.Healthcheck,
            NetworkingConfig = version < new ApiVersion(1, 48) ? WithoutPriority(request.NetworkingConfig) : request.NetworkingConfig,
        };
    }

    private static HostConfig Defaults(HostConfig host, ApiVersion version)
    {
        if (version < new ApiVersion(1, 25))
            host = host with { AutoRemove = false }; // Its clients removed by themselves.
        if (version < new ApiVersion(1, 40))
            host = host with { KernelMemoryTcp = 0, IpcMode = host.IpcMode.Length == 0 ? "shareable" : host.IpcMode };
        if (version < new ApiVersion(1, 42))
            host = host with { ConsoleSize = null };
        else
            host = host with { KernelMemory = 0 };
        if (version < new ApiVersion(1, 43))
            host = host with { Annotations = null };
        return host.PidsLimit is <= 0 ? host with { PidsLimit = null } : host;
    }

    private static Mount Mount(Mount mount, ApiVersion version)
    {
        if (version < new ApiVersion(1, 40) && mount.BindOptions is { NonRecursive: true })
            mount = mount with { BindOptions = mount.BindOptions with { NonRecursive = false } };
        if (version < new ApiVersion(1, 42))
            mount = OfItsType(mount) with { BindOptions = mount.Type == "bind" && mount.BindOptions is { } bind ? bind with { CreateMountpoint = false } : null };
        if (version < new ApiVersion(1, 44) && mount.Type == "bind")
        {
            if (mount.BindOptions is { ReadOnlyForceRecursive: true })
                throw EngineException.Invalid("BindOptions.ReadOnlyForceRecursive needs API v1.44 or newer");
            // All read-only mounts were so before there was a choice.
            if (mount.ReadOnly)
                mount = mount with { BindOptions = (mount.BindOptions ?? new BindOptions()) with { ReadOnlyNonRecursive = true } };
        }
        if (version < new ApiVersion(1, 45) && mount.VolumeOptions is { Subpath.Length: > 0 })
            throw EngineException.Invalid("VolumeOptions.Subpath needs API v1.45 or newer");
        if (version < new ApiVersion(1, 48) && mount.Type == "image")
            throw EngineException.Invalid("mount type \"image\" needs API v1.48 or newer");
        if (version < new ApiVersion(1, 46) && mount.TmpfsOptions is { Options.Count: > 0 })
            mount = mount with { TmpfsOptions = mount.TmpfsOptions with { Options = null } };
        return mount;
    }

    /// <summary>Before 1.42 options of another type than the mount's were not looked at.</summary>
    private static Mount OfItsType(Mount mount) => mount with
    {
        VolumeOptions = mount.Type == "volume" ? mount.VolumeOptions : null,
        TmpfsOptions = mount.Type == "tmpfs" ? mount.TmpfsOptions : null,
    };

    private static NetworkingConfig? WithoutPriority(NetworkingConfig? networking) => networking?.EndpointsConfig is null ? networking : new NetworkingConfig
    {
        EndpointsConfig = networking.EndpointsConfig.ToDictionary(entry => entry.Key, entry => entry.Value is { } endpoint ? endpoint with { GwPriority = 0 } : null),
    };
}
