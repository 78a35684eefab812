using System.Globalization;
using Argosy.Contract.Containers;
using Argosy.Core;
using Argosy.Engine.Containers.Model;

namespace Argosy.Api.Routes.Containers;

/// <summary>HostConfig's Binds, Mounts and Tmpfs as one list of mounts, and the volumes they ask for.</summary>
internal sealed class MountTranslator
{
    private readonly List<Engine.Containers.Model.MountPoint> mounts = [];
    private readonly Dictionary<string, VolumeRequest> volumes = new(StringComparer.Ordinal);
    private readonly string defaultDriver;

    internal MountTranslator(HostConfig host)
    {
        defaultDriver = host.VolumeDriver.Length > 0 ? host.VolumeDriver : "local";
        foreach (string bind in host.Binds ?? [])
            mounts.Add(Bind(bind));
        foreach (Mount mount in host.Mounts ?? [])
            mounts.Add(Translate(mount));
        foreach ((string destination, string options) in host.Tmpfs ?? new Dictionary<string, string>())
            mounts.Add(new Engine.Containers.Model.MountPoint { Kind = MountKind.Tmpfs, Destination = Clean(destination), TmpfsOptions = options.Split(',', StringSplitOptions.RemoveEmptyEntries) });
    }

    internal IReadOnlyList<Engine.Containers.Model.MountPoint> Mounts => mounts;

    internal IReadOnlyDictionary<string, VolumeRequest> Volumes => volumes;

    /// <summary><c>source:destination[:mode,…]</c>; a source without a slash at its head is a volume's name.</summary>
    private Engine.Containers.Model.MountPoint Bind(string text)
    {
        string[] parts = text.Split(':');
        if (parts.Length is < 2 or > 3 || parts[0].Length == 0 || !parts[1].StartsWith('/'))
            throw EngineException.Invalid($"invalid volume specification: '{text}'");
        string[] modes = parts.Length == 3 ? parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries) : [];
        CheckModes(modes, text);
        bool isBind = parts[0].StartsWith('/');
        if (!isBind)
            Ask(parts[0], new VolumeRequest(defaultDriver, new Dictionary<string, string>(), new Dictionary<string, string>()));
        return new Engine.Containers.Model.MountPoint
        {
            Kind = isBind ? MountKind.Bind : MountKind.Volume,
            Name = isBind ? "" : parts[0],
            Source = isBind ? Clean(parts[0]) : "",
            Destination = Clean(parts[1]),
            ReadOnly = modes.Contains("ro"),
            NoCopy = modes.Contains("nocopy"),
            Propagation = isBind ? modes.FirstOrDefault(IsPropagation) ?? "rprivate" : "",
            CreateSource = isBind,
            Mode = parts.Length == 3 ? parts[2] : isBind ? "" : "z",
        };
    }

    private Engine.Containers.Model.MountPoint Translate(Mount mount)
    {
        var common = new Engine.Containers.Model.MountPoint { Kind = MountKind.Bind, Destination = Clean(mount.Target), ReadOnly = mount.ReadOnly };
        return mount.Type switch
        {
            "bind" => BindMount(mount, common),
            "volume" => VolumeMount(mount, common),
            "tmpfs" => common with { Kind = MountKind.Tmpfs, TmpfsOptions = [.. Tmpfs(mount.TmpfsOptions)] },
            "npipe" or "cluster" or "image" => throw EngineException.NotImplemented($"mount type \"{mount.Type}\" is not supported"),
            _ => throw EngineException.Invalid($"invalid mount config for type \"{mount.Type}\": mount type unknown"),
        };
    }

    private static Engine.Containers.Model.MountPoint BindMount(Mount mount, Engine.Containers.Model.MountPoint common)
    {
        if (string.IsNullOrEmpty(mount.Source))
            throw EngineException.Invalid("invalid mount config for type \"bind\": field Source must not be empty");
        if (!mount.Source.StartsWith('/'))
            throw EngineException.Invalid($"invalid mount config for type \"bind\": invalid mount path: '{mount.Source}' mount path must be absolute");
        if (mount.BindOptions is { NonRecursive: true } or { ReadOnlyNonRecursive: true } or { ReadOnlyForceRecursive: true })
            throw EngineException.NotImplemented("BindOptions NonRecursive, ReadOnlyNonRecursive and ReadOnlyForceRecursive are not supported");
        return common with
        {
            Source = Clean(mount.Source),
            Propagation = mount.BindOptions?.Propagation is { Length: > 0 } propagation ? propagation : "rprivate",
            CreateSource = mount.BindOptions?.CreateMountpoint ?? false,
        };
    }

    private Engine.Containers.Model.MountPoint VolumeMount(Mount mount, Engine.Containers.Model.MountPoint common)
    {
        string name = mount.Source ?? "";
        VolumeOptions? options = mount.VolumeOptions;
        var request = new VolumeRequest(
            options?.DriverConfig?.Name is { Length: > 0 } driver ? driver : "local",
            options?.DriverConfig?.Options ?? new Dictionary<string, string>(),
            options?.Labels ?? new Dictionary<string, string>());
        if (name.Length == 0)
            name = RandomId.Next();
        Ask(name, request);
        return common with
        {
            Kind = MountKind.Volume,
            Name = name,
            Anonymous = string.IsNullOrEmpty(mount.Source),
            NoCopy = options?.NoCopy ?? false,
            SubPath = options?.Subpath ?? "",
            Mode = "z",
        };
    }

    private static IEnumerable<string> Tmpfs(TmpfsOptions? options)
    {
        if (options?.Options is { Count: > 0 })
            throw EngineException.NotImplemented("TmpfsOptions.Options is not supported");
        if (options?.SizeBytes > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"size={options.SizeBytes}");
        if (options?.Mode > 0)
            yield return "mode=" + Convert.ToString(options.Mode, 8);
    }

    private void Ask(string name, VolumeRequest request) => volumes.TryAdd(name, request);

    private static void CheckModes(string[] modes, string text)
    {
        foreach (string mode in modes)
        {
            if (mode is not ("ro" or "rw" or "z" or "Z" or "nocopy" or "consistent" or "cached" or "delegated") && !IsPropagation(mode))
                throw EngineException.Invalid($"invalid volume specification: '{text}': invalid mode: {mode}");
        }
    }

    private static bool IsPropagation(string mode) => mode is "private" or "rprivate" or "shared" or "rshared" or "slave" or "rslave";

    /// <summary>Go's path.Clean for absolute paths: no doubled or trailing slashes, no dots.</summary>
    private static string Clean(string path) => path.StartsWith('/') ? Path.GetFullPath(path).TrimEnd('/') is { Length: > 0 } clean ? clean : "/" : path;
}
