namespace Argosy.Runtime;

/// <summary>A mount inside the container (OCI runtime spec, config.md#mounts).</summary>
/// <param name="Type"><c>bind</c>, <c>tmpfs</c> or a file system's name.</param>
/// <param name="Source">A host path for a bind mount.</param>
/// <param name="Destination">An absolute path in the container; made when it is missing.</param>
/// <param name="Options">mount(8)'s words: <c>ro</c>, <c>rbind</c>, <c>rprivate</c>, <c>size=64k</c>.</param>
public sealed record MountSpec(string Type, string Source, string Destination, IReadOnlyList<string> Options)
{
    /// <summary>A bind mount with everything below it.</summary>
    /// <param name="propagation">Docker's words: rprivate (default), private, rshared, shared, rslave, slave.</param>
    public static MountSpec Bind(string source, string destination, bool readOnly = false, string propagation = "rprivate", bool recursive = true) =>
        new("bind", source, destination, [recursive ? "rbind" : "bind", readOnly ? "ro" : "rw", propagation]);

    /// <summary>A tmpfs as <c>--tmpfs</c> makes it: nosuid, nodev and noexec unless the options say otherwise.</summary>
    public static MountSpec Tmpfs(string destination, params IReadOnlyList<string> options) =>
        new("tmpfs", "tmpfs", destination, ["nosuid", "nodev", "noexec", .. options]);
}
