using System.Globalization;
using Argosy.Core;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Exec;
using Argosy.Engine.Logs;
using Argosy.Runtime;

namespace Argosy.Engine.Containers;

/// <summary>Makes of a container's record what the OCI runtime has to know.</summary>
public sealed class SpecBuilder(DaemonPaths paths, RuntimeOptions options, ContainerTable table, ContainerLinks links)
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>What is known of a start before anything is mounted.</summary>
    internal ContainerStreams Streams(ContainerRecord container) => new(
        container.Id,
        container.Host.Runtime.Length > 0 ? container.Host.Runtime : null,
        container.Config.Tty,
        container.Config.OpenStdin,
        container.Config.StdinOnce,
        LogSettings.Limits(container.Host) is null ? null : LogPath(container.Id));

    /// <summary>The specification of one start.</summary>
    /// <param name="rootfs">Where the overlay is mounted.</param>
    /// <param name="networkNamespace">Null: the host's.</param>
    /// <param name="mounts">Volumes, binds, tmpfs and the container's own files.</param>
    internal ContainerSpec Build(ContainerRecord container, string rootfs, string? networkNamespace, IReadOnlyList<MountSpec> mounts)
    {
        HostSettings host = container.Host;
        ContainerStreams streams = Streams(container);
        return new ContainerSpec
        {
            Id = container.Id,
            RootfsPath = rootfs,
            Hostname = container.Config.Hostname,
            Domainname = container.Config.Domainname.Length > 0 ? container.Config.Domainname : null,
            Process = Process(container, rootfs),
            Mounts = mounts,
            NetworkNamespacePath = networkNamespace,
            Namespaces = Namespaces(host),
            Resources = host.Resources,
            CgroupParent = host.CgroupParent.Length > 0 ? host.CgroupParent : null,
            Privileged = host.Privileged,
            ReadonlyRootfs = host.ReadonlyRootfs,
            Seccomp = Seccomp(host),
            MaskedPaths = host.MaskedPaths,
            ReadonlyPaths = host.ReadonlyPaths,
            Devices = host.Devices,
            DeviceRules = host.DeviceCgroupRules,
            Sysctls = host.Sysctls,
            Annotations = host.Annotations,
            ShmSize = host.IpcMode == "none" ? null : host.ShmSize > 0 ? host.ShmSize : 64 << 20,
            Runtime = streams.Runtime,
            OpenStdin = streams.OpenStdin,
            StdinOnce = streams.StdinOnce,
            LogPath = streams.LogPath,
            OomScoreAdj = host.OomScoreAdj,
            InitPath = host.Init ? InitBinary() : null,
            RootfsPropagation = null,
        };
    }

    /// <summary>The file conmon writes the container's output to.</summary>
    public string LogPath(ContainerId id) => LogKeeper.PathOf(paths, id);

    /// <summary>A process beside the first one (exec, health probe), with the container's confinement.</summary>
    internal ProcessSpec Exec(ContainerRecord container, string rootfs, ExecRequest request)
    {
        UserIdentity user = UserLookup.Resolve(rootfs, request.User ?? container.Config.User, container.Host.GroupAdd);
        bool privileged = request.Privileged || container.Host.Privileged;
        return new ProcessSpec
        {
            Args = request.Command,
            Env = Environment(container, user, request.Env, request.Tty, starting: false),
            WorkingDirectory = request.WorkingDirectory ?? WorkingDirectory(container),
            User = user,
            Terminal = request.Tty,
            ConsoleSize = request.ConsoleSize,
            Capabilities = Capabilities.Compute(container.Host.CapAdd, container.Host.CapDrop, privileged, user.Uid),
            Rlimits = container.Host.Ulimits,
            NoNewPrivileges = container.Host.NoNewPrivileges,
            AppArmorProfile = container.Host.AppArmorProfile,
        };
    }

    private ProcessSpec Process(ContainerRecord container, string rootfs)
    {
        HostSettings host = container.Host;
        UserIdentity user = UserLookup.Resolve(rootfs, container.Config.User, host.GroupAdd);
        return new ProcessSpec
        {
            Args = container.CommandLine,
            Env = Environment(container, user, [], container.Config.Tty, starting: true),
            WorkingDirectory = WorkingDirectory(container),
            User = user,
            Terminal = container.Config.Tty,
            ConsoleSize = host.ConsoleSize,
            Capabilities = Capabilities.Compute(host.CapAdd, host.CapDrop, host.Privileged, user.Uid),
            Rlimits = host.Ulimits,
            NoNewPrivileges = host.NoNewPrivileges,
            AppArmorProfile = host.AppArmorProfile,
        };
    }

    /// <summary>Docker's order: its own defaults first, then what was asked for; a name that was asked for drops the default.</summary>
    private List<string> Environment(ContainerRecord container, UserIdentity user, IReadOnlyList<string> added, bool terminal, bool starting)
    {
        string[] asked = [.. container.Config.Env, .. added];
        var names = asked.Select(entry => entry.Split('=', 2)[0]).ToHashSet(StringComparer.Ordinal);
        var result = new List<string>();
        AddDefault("PATH", DefaultPath);
        AddDefault("HOSTNAME", "HOSTNAME=" + container.Config.Hostname);
        if (terminal)
            AddDefault("TERM", "TERM=xterm");
        foreach (string entry in links.Environment(container, required: starting).Where(entry => !names.Contains(entry.Split('=', 2)[0])))
            result.Add(entry);
        foreach (string entry in asked)
        {
            result.RemoveAll(earlier => earlier.Split('=', 2)[0] == entry.Split('=', 2)[0]);
            result.Add(entry);
        }
        AddDefault("HOME", "HOME=" + user.Home);
        return result;

        void AddDefault(string name, string entry)
        {
            if (!names.Contains(name))
                result.Add(entry);
        }
    }

    private static string WorkingDirectory(ContainerRecord container) =>
        container.Config.WorkingDir.Length > 0 ? container.Config.WorkingDir : "/";

    private NamespaceModes Namespaces(HostSettings host) => new()
    {
        Pid = Namespace(host.PidMode, "pid"),
        Ipc = Namespace(host.IpcMode, "ipc"),
        Uts = Namespace(host.UtsMode, "uts"),
        Cgroup = host.CgroupnsMode switch { "host" => NamespaceMode.Host, "private" => NamespaceMode.Private, _ => null },
    };

    private NamespaceMode Namespace(string mode, string kind)
    {
        if (mode == "host")
            return NamespaceMode.Host;
        if (!mode.StartsWith("container:", StringComparison.Ordinal))
            return NamespaceMode.Private;
        ContainerRecord other = table.Find(mode["container:".Length..]);
        // Its own process may be in somebody else's: the file that is joined is what it is in.
        if (!other.State.IsAlive)
            throw EngineException.Conflict($"cannot join {kind.ToUpperInvariant()} namespace of a non running container: {other.Id}");
        return NamespaceMode.Join($"/proc/{other.State.Pid.ToString(CultureInfo.InvariantCulture)}/ns/{kind}");
    }

    private static SeccompSetting Seccomp(HostSettings host) => host.Seccomp switch
    {
        "" => host.Privileged ? SeccompSetting.Unconfined : SeccompSetting.Default,
        "unconfined" => SeccompSetting.Unconfined,
        var profile => SeccompSetting.Custom(profile),
    };

    private string InitBinary() =>
        options.InitBinaries.FirstOrDefault(File.Exists)
        ?? throw new EngineException(ErrorKind.Internal, $"--init needs one of {string.Join(", ", options.InitBinaries)} on the host: apt-get install catatonit");
}
