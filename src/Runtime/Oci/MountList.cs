namespace Argosy.Runtime.Oci;

/// <summary>Docker's default mounts, with the container's own ones put among them.</summary>
internal static class MountList
{
    // What a read-only root file system leaves writable.
    private static readonly string[] AlwaysWritable = ["/proc", "/dev", "/dev/pts", "/dev/shm", "/dev/mqueue"];

    /// <summary>Defaults first, then the container's by depth, so that a mount never hides one that was asked for.</summary>
    public static IReadOnlyList<OciMount> Build(ContainerSpec spec, string initDestination)
    {
        HashSet<string> asked = [.. spec.Mounts.Select(mount => Clean(mount.Destination))];
        IEnumerable<OciMount> defaults = Defaults(spec)
            .Where(mount => !asked.Contains(mount.Destination))
            .Where(mount => !asked.Contains("/dev") || !mount.Destination.StartsWith("/dev/", StringComparison.Ordinal))
            .Select(mount => spec.ReadonlyRootfs ? ReadOnly(mount) : mount);
        IEnumerable<OciMount> own = spec.Mounts.OrderBy(mount => Clean(mount.Destination).Count(c => c == '/')).Select(Convert);
        return [.. defaults, .. own, .. Init(spec, initDestination)];
    }

    /// <summary>A bind mount can only be shared or a slave if the container's root is.</summary>
    public static string? Propagation(IReadOnlyList<MountSpec> mounts)
    {
        if (mounts.Any(mount => mount.Options.Any(option => option is "shared" or "rshared")))
            return "shared";
        return mounts.Any(mount => mount.Options.Any(option => option is "slave" or "rslave")) ? "rslave" : null;
    }

    private static IEnumerable<OciMount> Defaults(ContainerSpec spec)
    {
        string access = spec.Privileged && !spec.ReadonlyRootfs ? "rw" : "ro";
        yield return new("/proc", "proc", "proc", ["nosuid", "noexec", "nodev"]);
        yield return new("/dev", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]);
        yield return new("/dev/pts", "devpts", "devpts", ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]);
        yield return new("/sys", "sysfs", "sysfs", ["nosuid", "noexec", "nodev", access]);
        yield return new("/sys/fs/cgroup", "cgroup", "cgroup", [access, "nosuid", "noexec", "nodev"]);
        yield return new("/dev/mqueue", "mqueue", "mqueue", ["nosuid", "noexec", "nodev"]);
        if (spec.Namespaces.Ipc.IsHost)
            yield return new("/dev/shm", "bind", "/dev/shm", ["rbind", "rprivate"]);
        else if (spec.ShmSize is { } size)
            yield return new("/dev/shm", "tmpfs", "shm", ["nosuid", "noexec", "nodev", "mode=1777", $"size={size}"]);
    }

    private static OciMount ReadOnly(OciMount mount) =>
        AlwaysWritable.Contains(mount.Destination) || mount.Options.Contains("ro")
            ? mount
            : mount with { Options = [.. mount.Options.Where(option => option != "rw"), "ro"] };

    private static OciMount Convert(MountSpec mount) => new(Clean(mount.Destination), mount.Type, mount.Source, mount.Options);

    private static IEnumerable<OciMount> Init(ContainerSpec spec, string destination)
    {
        if (spec.InitPath is { } path)
            yield return new OciMount(destination, "bind", path, ["bind", "ro"]);
    }

    private static string Clean(string destination) => destination.Length > 1 ? destination.TrimEnd('/') : destination;
}
