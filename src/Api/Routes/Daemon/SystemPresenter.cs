using System.Runtime.InteropServices;
using Argosy.Api.Http;
using Argosy.Contract.System;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Events;
using Argosy.Images.Records;
using Argosy.Images.Snapshots;
using Argosy.Registry;
using Argosy.Runtime;

namespace Argosy.Api.Routes.Daemon;

/// <summary>What the daemon says about itself and its host.</summary>
internal sealed class SystemPresenter(ContainerTable containers, ImageStore images, EventBus events, DaemonPaths paths, RuntimeOptions runtime, RegistryOptions registries, HostFacts host, TimeProvider clock)
{
    internal SystemVersion Version() => new()
    {
        Platform = new SystemVersionPlatform { Name = "Argosy" },
        Components =
        [
            new ComponentVersion
            {
                Name = "Engine",
                Version = EngineVersion.Text,
                Details = new Dictionary<string, string>
                {
                    ["ApiVersion"] = ApiVersion.Newest.ToString(),
                    ["MinAPIVersion"] = ApiVersion.Oldest.ToString(),
                    ["Os"] = "linux",
                    ["Arch"] = Platform.Host.Architecture,
                    ["KernelVersion"] = host.KernelVersion,
                },
            },
        ],
        Version = EngineVersion.Text,
        ApiVersion = ApiVersion.Newest.ToString(),
        MinApiVersion = ApiVersion.Oldest.ToString(),
        GitCommit = EngineVersion.Commit,
        GoVersion = RuntimeInformation.FrameworkDescription,
        Os = "linux",
        Arch = Platform.Host.Architecture,
        KernelVersion = host.KernelVersion,
    };

    internal SystemInfo Info()
    {
        ContainerStatus[] states = [.. containers.All.Where(container => !container.Hidden).Select(container => container.State.Status)];
        return new SystemInfo
        {
            Id = host.MachineId,
            Containers = states.Length,
            ContainersRunning = states.Count(status => status is ContainerStatus.Running or ContainerStatus.Restarting),
            ContainersPaused = states.Count(status => status == ContainerStatus.Paused),
            ContainersStopped = states.Count(status => status is ContainerStatus.Created or ContainerStatus.Exited or ContainerStatus.Dead or ContainerStatus.Removing),
            Images = images.List().Count,
            Driver = "overlay2",
            DriverStatus = [["Backing Filesystem", HostFacts.BackingFileSystem(paths.DataRoot)]],
            Plugins = new PluginsInfo { Volume = ["local"], Network = ["bridge", "host", "null"], Log = ["json-file", "local", "none"] },
            MemoryLimit = true,
            SwapLimit = true,
            CpuCfsPeriod = true,
            CpuCfsQuota = true,
            CpuShares = true,
            CpuSet = true,
            PidsLimit = true,
            OomKillDisable = host.CgroupVersion == "1",
            IPv4Forwarding = HostFacts.IPv4Forwarding,
            NFd = HostFacts.OpenFiles,
            SystemTime = Contract.Json.GoTime.Format(clock.GetUtcNow()),
            LoggingDriver = "json-file",
            CgroupDriver = "cgroupfs",
            CgroupVersion = host.CgroupVersion,
            NEventsListener = events.Listeners,
            KernelVersion = host.KernelVersion,
            OperatingSystem = host.OperatingSystem,
            OSVersion = host.OperatingSystemVersion,
            OSType = "linux",
            Architecture = host.Architecture,
            IndexServerAddress = "https://index.docker.io/v1/",
            RegistryConfig = RegistryPresenter.Present(registries),
            HttpProxy = ProxyOptions.Masked(registries.Proxy.Http),
            HttpsProxy = ProxyOptions.Masked(registries.Proxy.Https),
            NoProxy = registries.Proxy.Except ?? "",
            NCpu = Environment.ProcessorCount,
            MemTotal = host.MemoryTotal,
            DockerRootDir = paths.DataRoot,
            Name = Environment.MachineName,
            Labels = [],
            ServerVersion = EngineVersion.Text,
            Runtimes = runtime.Runtimes.Prepend(runtime.DefaultRuntime).OfType<string>().Distinct().ToDictionary(name => name, name => new RuntimeInfo { Path = name }),
            DefaultRuntime = runtime.DefaultRuntime ?? runtime.Runtimes[0],
            Swarm = new SwarmInfo { LocalNodeState = "inactive" },
            LiveRestoreEnabled = true,
            InitBinary = runtime.InitBinaries.FirstOrDefault(File.Exists) ?? "",
            SecurityOptions = ["name=seccomp,profile=builtin"],
            Warnings = [],
        };
    }
}
