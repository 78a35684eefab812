using System.CommandLine;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Syntax;
using Argosy.Contract;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Containers.Options;

/// <summary>The container's volumes, binds and mounts.</summary>
internal sealed class StorageFlags
{
    private readonly Option<string[]> volumes = Flag.List("--volume", "Bind mount a volume", "-v");
    private readonly Option<string[]> mounts = Flag.List("--mount", "mount", "Attach a filesystem mount to the container", []);
    private readonly Option<string[]> tmpfs = Flag.List("--tmpfs", "Mount a tmpfs directory");
    private readonly Option<string[]> volumesFrom = Flag.List("--volumes-from", "Mount volumes from the specified container(s)");
    private readonly Option<string?> volumeDriver = Flag.Text("--volume-driver", "Optional volume driver for the container");
    private readonly Option<string[]> storageOptions = Flag.List("--storage-opt", "Storage driver options for the container");

    public IReadOnlyList<Option> All => [volumes, mounts, tmpfs, volumesFrom, volumeDriver, storageOptions];

    /// <summary>A path alone is an anonymous volume; the rest are binds and named volumes, which the engine tells apart.</summary>
    public (IReadOnlyDictionary<string, EmptyObject>? Anonymous, IReadOnlyList<string>? Binds) Volumes(Invocation line)
    {
        var anonymous = new SortedDictionary<string, EmptyObject>(StringComparer.Ordinal);
        var binds = new List<string>();
        foreach (string spec in line.GetAll(volumes).Select(Check))
        {
            if (spec.Contains(':', StringComparison.Ordinal))
                binds.Add(Absolute(spec));
            else
                anonymous[spec] = new EmptyObject();
        }
        return (anonymous.Count > 0 ? anonymous : null, binds.Count > 0 ? binds : null);
    }

    public IReadOnlyList<Mount>? Mounts(Invocation line) => line.ReadAll(mounts, MountSyntax.Parse) is { Count: > 0 } list ? list : null;

    /// <summary><c>/run:size=64m</c>.</summary>
    public IReadOnlyDictionary<string, string>? Tmpfs(Invocation line)
    {
        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string spec in line.GetAll(tmpfs))
        {
            string[] parts = spec.Split(':', 2);
            map[parts[0]] = parts.Length == 2 ? parts[1] : "";
        }
        return map.Count > 0 ? map : null;
    }

    public IReadOnlyList<string>? VolumesFrom(Invocation line) => line.GetAll(volumesFrom) is { Count: > 0 } list ? list : null;

    public string VolumeDriver(Invocation line) => line.Get(volumeDriver) ?? "";

    public IReadOnlyDictionary<string, string>? StorageOptions(Invocation line) => KeyValues.ToMap(line.GetAll(storageOptions));

    private static string Check(string spec)
    {
        string[] parts = spec.Split(':');
        if (spec.Length == 0 || parts.Length > 3 || parts.Any(part => part.Length == 0))
            throw new FormatException($"invalid volume specification: '{spec}'");
        return spec;
    }

    private static string Absolute(string spec)
    {
        int colon = spec.IndexOf(':', StringComparison.Ordinal);
        return spec[0] == '.' ? Path.GetFullPath(spec[..colon]) + spec[colon..] : spec;
    }
}
