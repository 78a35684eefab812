using System.Globalization;
using System.Text;
using Argosy.Build;
using Argosy.Core;
using Argosy.Engine.Containers;
using Argosy.Engine.Containers.Model;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;
using Argosy.Networks;
using Argosy.Runtime;

namespace Argosy.Engine.Builds;

/// <summary>
/// Runs a build step as a container: the same seccomp profile, capabilities, masked paths, hosts files and default network as any other.
/// It has no record: whoever finds its id after a crash removes it.
/// </summary>
internal sealed class StepRunner(
    OciRuntime runtime, ExitWatcher exits, ContainerSandboxes sandboxes, ContainerFiles files, SpecBuilder specs, DaemonPaths paths, TimeProvider clock) : IStepRunner
{
    // BuildKit's: what a step writes down of its host is the same every time.
    private const string HostName = "buildkitsandbox";

    private static readonly TimeSpan ExitFilePatience = TimeSpan.FromSeconds(10);

    public async Task<int> RunAsync(IBuildSnapshot snapshot, StepCommand command, Func<int, ReadOnlyMemory<byte>, CancellationToken, ValueTask> output, CancellationToken cancellationToken)
    {
        var step = (OverlayBuildSnapshot)snapshot;
        cancellationToken.ThrowIfCancellationRequested();
        ContainerRecord container = Describe(step, command);
        step.Stubs = MountStubs.Find(step.Root, [.. command.Files.Select(file => file.Path), .. command.Mounts.Select(mount => mount.Target)]);
        MakeWorkingDirectory(step.Root, command.WorkingDirectory);
        await using var release = new Rollback();
        release.Add(() => RemoveFiles(container.Id));
        var secrets = new SecretFiles(Path.Combine(paths.BuildSecrets, container.Id.Value));
        release.Add(secrets.Dispose);
        release.Add(() => sandboxes.TearDownAsync(container.Id));
        (string? namespacePath, Sandbox? sandbox) = await sandboxes.SetUpAsync(container, cancellationToken);
        IReadOnlyList<MountSpec> mounts = [.. files.Write(container, sandbox), .. WriteScripts(container.Id, command.Files), .. command.Mounts.Select(mount => Mount(mount, secrets, release))];
        release.Add(() => runtime.DeleteAsync(container.Id));
        return await RunAsync(specs.Build(container, step.Root, namespacePath, mounts), output, cancellationToken);
    }

    private async Task<int> RunAsync(ContainerSpec spec, Func<int, ReadOnlyMemory<byte>, CancellationToken, ValueTask> output, CancellationToken cancellationToken)
    {
        try
        {
            await runtime.CreateAsync(spec, cancellationToken);
            await using Attachment streams = await runtime.AttachAsync(spec.Id, null, cancellationToken);
            await runtime.StartAsync(spec.Id, cancellationToken);
            while (await streams.ReadAsync(cancellationToken) is { Stream: not 0 } frame)
                await output(frame.Stream, frame.Data, cancellationToken);
        }
        catch (RuntimeException exception)
        {
            throw new EngineException(exception.Kind, exception.Message, exception);
        }
        return await ExitCodeAsync(spec.Id, cancellationToken);
    }

    /// <summary>conmon closes the streams and writes the exit file at about the same time; an id without a record is not reported by the watcher's channel.</summary>
    private async Task<int> ExitCodeAsync(ContainerId id, CancellationToken cancellationToken)
    {
        long begin = clock.GetTimestamp();
        while (true)
        {
            if (exits.TryRead(id) is { } exit)
                return exit.ExitCode;
            if (!runtime.IsAlive(id) && clock.GetElapsedTime(begin) > ExitFilePatience)
                throw new EngineException(ErrorKind.Internal, "the end of the build step was not recorded");
            await Task.Delay(TimeSpan.FromMilliseconds(2), clock, cancellationToken);
        }
    }

    private ContainerRecord Describe(OverlayBuildSnapshot step, StepCommand command) => new()
    {
        Id = step.Id,
        Name = "build-step-" + step.ShortId,
        Created = clock.GetUtcNow(),
        ImageId = "",
        Layers = [],
        Hidden = true,
        Config = new ContainerConfig
        {
            Hostname = HostName,
            User = command.User,
            Env = command.Environment,
            Cmd = command.Arguments,
            WorkingDir = command.WorkingDirectory,
        },
        Host = HostOf(command),
        Endpoints = EndpointsOf(command.Network),
        State = new ContainerState { Status = ContainerStatus.Created },
    };

    private static EndpointSettings[] EndpointsOf(string network) => network switch
    {
        "default" => [new EndpointSettings { Network = PredefinedNetworks.Bridge }],
        "none" or "host" => [],
        _ when network.StartsWith("container:", StringComparison.Ordinal) => [],
        _ => [new EndpointSettings { Network = network }],
    };

    private static HostSettings HostOf(StepCommand command)
    {
        StepLimits limits = command.Limits;
        return new HostSettings
        {
            NetworkMode = command.Network,
            LogDriver = "none",
            ExtraHosts = limits.ExtraHosts,
            ShmSize = limits.ShmSize ?? 0,
            CgroupParent = limits.CgroupParent ?? "",
            Ulimits = [.. limits.Ulimits.Select(limit => new ResourceUlimit(limit.Name, limit.Soft, limit.Hard))],
            Resources = new ResourceLimits
            {
                Memory = limits.Memory,
                MemorySwap = limits.MemorySwap,
                CpuShares = limits.CpuShares,
                CpuPeriod = limits.CpuPeriod,
                CpuQuota = limits.CpuQuota,
                CpusetCpus = limits.CpusetCpus,
                CpusetMems = limits.CpusetMems,
            },
        };
    }

    /// <summary>An image may name a working directory that it does not have.</summary>
    private static void MakeWorkingDirectory(string rootPath, string path)
    {
        using var root = RootDirectory.Open(rootPath);
        root.MakeDirectories(UnixPath.Of(path.Trim('/')), 0x1ed, (0, 0));
    }

    private static MountSpec Mount(StepMount mount, SecretFiles secrets, Rollback release) => mount switch
    {
        StepMount.Bind bind => MountSpec.Bind(bind.HostPath, bind.Target, bind.ReadOnly),
        StepMount.Tmpfs tmpfs => new MountSpec("tmpfs", "tmpfs", tmpfs.Target, tmpfs.Size is { } size ? ["nosuid", $"size={size.ToString(CultureInfo.InvariantCulture)}"] : ["nosuid"]),
        StepMount.Secret secret => MountSpec.Bind(secrets.Write(secret), secret.Target, readOnly: true),
        StepMount.Agent agent => MountSpec.Bind(Listen(secrets.NewPath(), agent, release), agent.Target, readOnly: false),
        _ => throw new InvalidOperationException($"no way to mount {mount.GetType().Name}"),
    };

    private static string Listen(string path, StepMount.Agent agent, Rollback release)
    {
        var socket = new AgentSocket(path, agent);
        release.Add(() => socket.DisposeAsync().AsTask());
        return path;
    }

    private List<MountSpec> WriteScripts(ContainerId id, IReadOnlyList<StepFile> scripts)
    {
        const UnixFileMode Executable = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        var mounts = new List<MountSpec>();
        foreach (StepFile script in scripts)
        {
            string path = Path.Combine(paths.Container(id), $"script-{mounts.Count}");
            using (var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = Executable }))
                file.Write(Encoding.UTF8.GetBytes(script.Content));
            mounts.Add(MountSpec.Bind(path, script.Path, readOnly: true));
        }
        return mounts;
    }

    private void RemoveFiles(ContainerId id)
    {
        if (!Directory.Exists(paths.Container(id)))
            return;
        foreach (string file in Directory.EnumerateFiles(paths.Container(id)))
            File.Delete(file);
    }
}
