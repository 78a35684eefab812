using System.Text.Json;
using Argosy.Api.Http;
using Argosy.Api.Routes.Containers.Rules;
using Argosy.Api.Routes.Networks;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Networks;
using Argosy.Runtime;

namespace Argosy.Api.Routes.Containers;

/// <summary>Makes the engine's specification of a create request. Every field is honoured or refused by name.</summary>
public static class CreateTranslator
{
    /// <summary>Translates a request of the newest API version.</summary>
    /// <param name="name">Null: the engine makes one up.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> for what is malformed, <see cref="ErrorKind.NotImplemented"/> for what Argosy does not do.</exception>
    public static ContainerSpecification Translate(ContainerCreateRequest request, string? name) =>
        Translate(request, name, ApiVersion.Newest, HostFeatures.Current).Specification;

    /// <summary>Translates a request as its API version had it.</summary>
    /// <param name="features">What this kernel can limit.</param>
    /// <returns>The specification, and what the client is to be warned of.</returns>
    internal static (ContainerSpecification Specification, IReadOnlyList<string> Warnings) Translate(ContainerCreateRequest request, string? name, ApiVersion version, HostFeatures features)
    {
        if (string.IsNullOrEmpty(request.Image))
            throw EngineException.Invalid("no image specified");
        if (request.OnBuild is { Count: > 0 })
            throw EngineException.NotImplemented("OnBuild of a container is not supported: give it to the image when you commit");
        var warnings = new List<string>();
        request = VersionRules.Apply(request, version);
        HostConfigRules.Check(request, request.HostConfig!, warnings);
        request = MacAddressRule.Apply(request, version, warnings);
        HostConfig host = HostConfigDefaults.Apply(request.HostConfig!);
        host = new ResourceRules(features, warnings).Apply(host, isUpdate: false);
        var mounts = new MountTranslator(host);
        CheckDriver(host.VolumeDriver, request);
        return (new ContainerSpecification
        {
            Name = string.IsNullOrEmpty(name) ? null : name.TrimStart('/'),
            Config = Config(request),
            Host = HostTranslator.Translate(host),
            HostConfigJson = JsonSerializer.Serialize(host, ContainersJson.Default.HostConfig),
            Endpoints = [.. Endpoints(request)],
            Mounts = mounts.Mounts,
            Volumes = mounts.Volumes,
            VolumesFrom = host.VolumesFrom ?? [],
            Links = host.Links ?? [],
        }, warnings);
    }

    /// <summary>The driver of anonymous volumes; the store checks that of volumes that have a name.</summary>
    private static void CheckDriver(string driver, ContainerCreateRequest request)
    {
        if (driver is not ("" or "local") && request.Volumes is { Count: > 0 })
            throw EngineException.NotFound($"error looking up volume plugin {driver}: plugin \"{driver}\" not found");
    }

    private static Engine.Containers.Model.ContainerConfig Config(ContainerCreateRequest request) => new()
    {
        Hostname = request.Hostname,
        Domainname = request.Domainname,
        User = request.User,
        AttachStdin = request.AttachStdin,
        AttachStdout = request.AttachStdout,
        AttachStderr = request.AttachStderr,
        Tty = request.Tty,
        OpenStdin = request.OpenStdin,
        StdinOnce = request.StdinOnce,
        Env = request.Env ?? [],
        Cmd = request.Cmd,
        Entrypoint = request.Entrypoint,
        Healthcheck = Health(request.Healthcheck),
        Image = request.Image,
        ExposedPorts = [.. ExposedPorts(request)],
        Volumes = [.. request.Volumes?.Keys ?? []],
        WorkingDir = request.WorkingDir,
        Labels = request.Labels ?? new Dictionary<string, string>(),
        StopSignal = request.StopSignal,
        StopTimeout = request.StopTimeout,
        Shell = request.Shell,
        NetworkDisabled = request.NetworkDisabled,
    };

    private static IEnumerable<string> ExposedPorts(ContainerCreateRequest request) =>
        (request.ExposedPorts?.Keys ?? []).Select(PortTranslator.Normalise).Distinct();

    private static HealthcheckConfig? Health(HealthConfig? health) => health is null ? null : new HealthcheckConfig
    {
        Test = health.Test ?? [],
        Interval = health.Interval,
        Timeout = health.Timeout,
        StartPeriod = health.StartPeriod,
        StartInterval = health.StartInterval,
        Retries = health.Retries,
    };

    private static IEnumerable<Engine.Containers.Model.EndpointSettings> Endpoints(ContainerCreateRequest request)
    {
        foreach ((string network, Contract.Containers.EndpointSettings? asked) in request.NetworkingConfig?.EndpointsConfig ?? new Dictionary<string, Contract.Containers.EndpointSettings?>())
            yield return Endpoint(network, asked);
    }

    /// <summary>One endpoint; also what <c>POST /networks/{id}/connect</c> brings.</summary>
    internal static Engine.Containers.Model.EndpointSettings Endpoint(string network, Contract.Containers.EndpointSettings? asked)
    {
        EndpointAddresses.Check(asked?.IpamConfig);
        EndpointOptions.Parse(asked?.DriverOpts ?? new Dictionary<string, string>());
        return new Engine.Containers.Model.EndpointSettings
        {
            Network = network,
            Aliases = asked?.Aliases ?? [],
            Links = asked?.Links ?? [],
            Ipv4Address = asked?.IpamConfig?.IPv4Address,
            Ipv6Address = asked?.IpamConfig?.IPv6Address,
            LinkLocalAddresses = asked?.IpamConfig?.LinkLocalIPs ?? [],
            DriverOptions = asked?.DriverOpts ?? new Dictionary<string, string>(),
            MacAddress = asked?.MacAddress,
            GatewayPriority = asked?.GwPriority ?? 0,
        };
    }
}
