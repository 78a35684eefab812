namespace Argosy.Core;

/// <summary>Where one daemon keeps its things. Several daemons run beside each other with roots of their own.</summary>
/// <param name="DataRoot">What survives a reboot: database, content, layers, containers, volumes.</param>
/// <param name="ExecRoot">What does not: socket, bundles, pid and exit files, network namespaces.</param>
/// <param name="InstanceName">Names this daemon's kernel objects (nftables table, bridges, cgroups); "argosy" for the host's main daemon.</param>
public sealed record DaemonPaths(string DataRoot, string ExecRoot, string InstanceName = "argosy")
{
    /// <summary>The SQLite file.</summary>
    public string Database => Path.Combine(DataRoot, "state.db");

    /// <summary>The OCI image layout with all blobs.</summary>
    public string Content => Path.Combine(DataRoot, "content");

    /// <summary>Unpacked layers, a directory per chain id.</summary>
    public string Layers => Path.Combine(DataRoot, "layers");

    /// <summary>A directory per container: upper, work, merged, log, hosts, hostname, resolv.conf.</summary>
    public string Containers => Path.Combine(DataRoot, "containers");

    /// <summary>A directory per named volume, with <c>_data</c> in it.</summary>
    public string Volumes => Path.Combine(DataRoot, "volumes");

    /// <summary>A directory per cache mount of a build (<c>RUN --mount=type=cache</c>), with <c>data</c> in it.</summary>
    public string BuildMounts => Path.Combine(DataRoot, "build-mounts");

    /// <summary>What exists for running build steps alone and must not be on a disk: their secrets.</summary>
    public string BuildSecrets => Path.Combine(ExecRoot, "secrets");

    /// <summary>Scratch space on the data root's file system; emptied when the daemon starts.</summary>
    public string Temporary => Path.Combine(DataRoot, "tmp");

    /// <summary>Network namespace mount points.</summary>
    public string NetworkNamespaces => Path.Combine(ExecRoot, "netns");

    /// <summary>A directory per running container or exec: bundle, pid file, attach socket.</summary>
    public string Bundles => Path.Combine(ExecRoot, "c");

    /// <summary>conmon's exit files, one per container, watched with inotify.</summary>
    public string Exits => Path.Combine(ExecRoot, "exits");

    /// <summary>The control socket of a companion: a process that serves containers beside the daemon ("resolver", "relay").</summary>
    public string CompanionSocket(string name) => Path.Combine(ExecRoot, name + ".sock");

    /// <summary>What a companion has to complain about.</summary>
    public string CompanionLog(string name) => Path.Combine(ExecRoot, name + ".log");

    /// <summary>The container's own directory below <see cref="Containers"/>.</summary>
    public string Container(ContainerId id) => Path.Combine(Containers, id.Value);
}
