using System.Text.Json;
using Argosy.Api.Http;
using Argosy.Contract;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Exec;
using Argosy.Engine.Health;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;
using Argosy.Runtime;
using ContainerState = Argosy.Engine.Containers.Model.ContainerState;
using MountPoint = Argosy.Engine.Containers.Model.MountPoint;

namespace Argosy.Api.Routes.Containers;

/// <summary>Containers as the API shows them.</summary>
internal sealed class ContainerPresenter(
    ImageStore images, ISnapshotter snapshots, HealthMonitor health, ExecService execs, ContainerMounts mounts,
    NetworkPresenter networks, SpecBuilder specs, OciRuntime runtime, ContainerLinks links, DaemonPaths paths, TimeProvider clock)
{
    internal async Task<IReadOnlyList<ContainerSummary>> SummariesAsync(IEnumerable<ContainerRecord> containers, bool size, CancellationToken cancellationToken)
    {
        var result = new List<ContainerSummary>();
        ILookup<string, string> linkNames = links.AllNames();
        foreach (ContainerRecord container in containers)
        {
            ContainerSummary summary = Summary(container, linkNames[container.Id.Value]);
            if (size)
                summary = summary with { SizeRw = await snapshots.SizeAsync(container.Id.Value) is > 0 and var written ? written : null, SizeRootFs = await RootSizeAsync(container, cancellationToken) };
            result.Add(summary);
        }
        return result;
    }

    internal async Task<ContainerInspect> InspectAsync(ContainerRecord container, bool size, ApiVersion version, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> command = container.CommandLine;
        string directory = paths.Container(container.Id);
        return new ContainerInspect
        {
            Id = container.Id.Value,
            Created = Contract.Json.GoTime.Format(container.Created),
            Path = command.Count > 0 ? command[0] : "",
            Args = [.. command.Skip(1)],
            State = State(container),
            Image = container.ImageId,
            ResolvConfPath = Path.Combine(directory, "resolv.conf"),
            HostnamePath = Path.Combine(directory, "hostname"),
            HostsPath = Path.Combine(directory, "hosts"),
            LogPath = container.Host.LogDriver == "none" ? "" : specs.LogPath(container.Id),
            Name = "/" + container.Name,
            RestartCount = container.State.RestartCount,
            Driver = "overlay2",
            Platform = "linux",
            ExecIds = execs.IdsOf(container.Id) is { Count: > 0 } ids ? ids : null,
            HostConfig = HostConfigOf(container),
            GraphDriver = new DriverData { Name = "overlay2", Data = new Dictionary<string, string>() },
            SizeRw = size ? await snapshots.SizeAsync(container.Id.Value) : null,
            SizeRootFs = size ? await RootSizeAsync(container, cancellationToken) : null,
            Mounts = [.. container.Mounts.Where(mount => mount.Kind != MountKind.Tmpfs || mount.TmpfsOptions.Count == 0).Select(Mount)],
            Config = Config(container),
            NetworkSettings = networks.Settings(container, version),
        };
    }

    private ContainerSummary Summary(ContainerRecord container, IEnumerable<string> linkNames) => new()
    {
        Id = container.Id.Value,
        Names = ["/" + container.Name, .. linkNames],
        Image = ImageName(container),
        ImageId = container.ImageId,
        Command = string.Join(' ', container.CommandLine.Select(Quote)),
        Created = container.Created.ToUnixTimeSeconds(),
        Ports = networks.Ports(container),
        Labels = container.Config.Labels,
        State = Name(container.State.Status),
        Status = StatusText.Of(container.State, health.Of(container.Id)?.Status ?? HealthStatus.None, clock.GetUtcNow()),
        HostConfig = new ContainerSummaryHostConfig { NetworkMode = container.Host.NetworkMode, Annotations = container.Host.Annotations.Count > 0 ? container.Host.Annotations : null },
        NetworkSettings = new ContainerSummaryNetworkSettings { Networks = networks.Endpoints(container) },
        Mounts = [.. container.Mounts.Select(Mount)],
    };

    private Contract.Containers.ContainerState State(ContainerRecord container)
    {
        ContainerState state = container.State;
        return new Contract.Containers.ContainerState
        {
            Status = Name(state.Status),
            Running = state.IsAlive || state.Status == ContainerStatus.Restarting,
            Paused = state.Status == ContainerStatus.Paused,
            Restarting = state.Status == ContainerStatus.Restarting,
            OomKilled = state.OomKilled,
            Dead = state.Status == ContainerStatus.Dead,
            Pid = state.Pid,
            ExitCode = state.ExitCode,
            Error = state.Error,
            StartedAt = state.StartedAt ?? default,
            FinishedAt = state.FinishedAt ?? default,
            Health = Health(container),
        };
    }

    private Health? Health(ContainerRecord container) => health.Of(container.Id) is not { } state ? null : new Health
    {
        Status = Name(state.Status),
        FailingStreak = state.FailingStreak,
        Log = [.. state.Log.Select(probe => new HealthcheckResult { Start = probe.Start, End = probe.End, ExitCode = probe.ExitCode, Output = probe.Output })],
    };

    /// <summary>As it was asked for, with the links that still stand.</summary>
    private HostConfig HostConfigOf(ContainerRecord container)
    {
        HostConfig host = JsonSerializer.Deserialize(container.HostConfigJson, ContainersJson.Default.HostConfig)!;
        string[] linked = [.. links.Of(container).Select(entry => $"/{entry.Container.Name}:/{container.Name}/{entry.Link.Alias}")];
        return host with
        {
            Runtime = string.IsNullOrEmpty(host.Runtime) ? runtime.DefaultRuntime : host.Runtime,
            Links = linked.Length > 0 ? linked : container.Endpoints.Any(endpoint => endpoint.Links.Count > 0) ? host.Links : null,
        };
    }

    private static Contract.Containers.ContainerConfig Config(ContainerRecord container)
    {
        Engine.Containers.Model.ContainerConfig config = container.Config;
        return new Contract.Containers.ContainerConfig
        {
            Hostname = config.Hostname,
            Domainname = config.Domainname,
            User = config.User,
            AttachStdin = config.AttachStdin,
            AttachStdout = config.AttachStdout,
            AttachStderr = config.AttachStderr,
            ExposedPorts = config.ExposedPorts.Count > 0 ? config.ExposedPorts.ToDictionary(port => port, _ => new EmptyObject()) : null,
            Tty = config.Tty,
            OpenStdin = config.OpenStdin,
            StdinOnce = config.StdinOnce,
            Env = config.Env.Count > 0 ? config.Env : null,
            Cmd = config.Cmd,
            Healthcheck = HealthConfigOf(config.Healthcheck),
            Image = config.Image,
            Volumes = config.Volumes.Count > 0 ? config.Volumes.ToDictionary(path => path, _ => new EmptyObject()) : null,
            WorkingDir = config.WorkingDir,
            Entrypoint = config.Entrypoint,
            Labels = config.Labels,
            StopSignal = config.StopSignal,
            StopTimeout = config.StopTimeout,
            Shell = config.Shell,
            NetworkDisabled = config.NetworkDisabled,
        };
    }

    private static HealthConfig? HealthConfigOf(HealthcheckConfig? check) => check is null ? null : new HealthConfig
    {
        Test = check.Test,
        Interval = check.Interval,
        Timeout = check.Timeout,
        StartPeriod = check.StartPeriod,
        StartInterval = check.StartInterval,
        Retries = check.Retries,
    };

    private Contract.Containers.MountPoint Mount(MountPoint mount) => new()
    {
        Type = mount.Kind.ToString().ToLowerInvariant(),
        Name = mount.Kind == MountKind.Volume ? mount.Name : null,
        Source = mount.Kind == MountKind.Volume ? mounts.VolumePath(mount) : mount.Source,
        Destination = mount.Destination,
        Driver = mount.Kind == MountKind.Volume ? "local" : null,
        Mode = mount.Mode,
        RW = !mount.ReadOnly,
        Propagation = mount.Propagation,
    };

    /// <summary>The name the user gave, unless another image has taken it since; then the id.</summary>
    private string ImageName(ContainerRecord container) =>
        images.TryResolve(container.Config.Image, out ImageRecord? image) && image.Id.ToString() == container.ImageId ? container.Config.Image
            : container.ImageId;

    private async Task<long> RootSizeAsync(ContainerRecord container, CancellationToken cancellationToken)
    {
        long own = await snapshots.SizeAsync(container.Id.Value);
        return images.TryResolve(container.ImageId, out ImageRecord? image) ? own + image.Size : own;
    }

    private static string Quote(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"'{argument}'" : argument;

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
