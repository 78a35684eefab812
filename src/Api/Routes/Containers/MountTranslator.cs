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

    private Engine.Containers.Model.MountPoint Bind(string text)
    {
        BindText bind = BindText.Parse(text);
        string name = bind.Source.Length == 0 ? RandomId.Next() : bind.IsHostPath ? "" : bind.Source;
        if (name.Length > 0)
            Ask(name, new VolumeRequest(defaultDriver, new Dictionary<string, string>(), new Dictionary<string, string>()));
        return new Engine.Containers.Model.MountPoint
        {
            Kind = bind.IsHostPath ? MountKind.Bind : MountKind.Volume,
            Name = name,
            Source = bind.IsHostPath ? Clean(bind.Source) : "",
            Destination = Clean(bind.Destination),
            Anonymous = bind.Source.Length == 0,
            ReadOnly = bind.Modes.Contains("ro"),
            NoCopy = bind.Modes.Contains("nocopy"),
            Propagation = bind.IsHostPath ? bind.Propagation ?? "rprivate" : "",
            CreateSource = bind.IsHostPath,
            Mode = bind.Mode.Length > 0 ? bind.Mode : bind.IsHostPath || bind.Source.Length == 0 ? "" : "z",
        };
    }

    private Engine.Containers.Model.MountPoint Translate(Mount mount)
    {
        Check(mount);
        var common = new Engine.Containers.Model.MountPoint { Kind = MountKind.Bind, Destination = Clean(mount.Target), ReadOnly = mount.ReadOnly };
        return mount.Type switch
        {
            "bind" => BindMount(mount, common),
            "volume" => VolumeMount(mount, common),
            "image" => ImageMount(mount, common),
            _ => common with { Kind = MountKind.Tmpfs, TmpfsOptions = [.. Tmpfs(mount)] },
        };
    }

    private static void Check(Mount mount)
    {
        if (mount.Type == "cluster")
            throw EngineException.NotImplemented($"mount type \"{mount.Type}\" is not supported");
        Require(mount, mount.Type is "bind" or "volume" or "tmpfs" or "image", "mount type unknown");
        Require(mount, mount.Target.Length > 0, "field Target must not be empty");
        Require(mount, !mount.Target.StartsWith('/') || mount.Target.TrimEnd('/').Length > 0, "invalid specification: destination can't be '/'");
        Require(mount, mount.Target.StartsWith('/'), $"invalid mount path: '{mount.Target}' mount path must be absolute");
        Require(mount, mount.BindOptions is null || mount.Type == "bind", "field BindOptions must not be specified");
        Require(mount, mount.VolumeOptions is null || mount.Type == "volume", "field VolumeOptions must not be specified");
        Require(mount, mount.TmpfsOptions is null || mount.Type == "tmpfs", "field TmpfsOptions must not be specified");
        Require(mount, mount.ImageOptions is null || mount.Type == "image", "field ImageOptions must not be specified");
        Require(mount, mount.Type != "tmpfs" || string.IsNullOrEmpty(mount.Source), "field Source must not be specified");
        // Consistency is advice for Docker Desktop's file sharing; on Linux every one of its values is the same, and dockerd checks none.
    }

    private static void Require(Mount mount, bool holds, string reason)
    {
        if (!holds)
            throw EngineException.Invalid($"invalid mount config for type \"{mount.Type}\": {reason}");
    }

    private static Engine.Containers.Model.MountPoint BindMount(Mount mount, Engine.Containers.Model.MountPoint common)
    {
        BindOptions options = mount.BindOptions ?? new BindOptions();
        string source = mount.Source ?? "";
        Require(mount, source.Length > 0, "field Source must not be empty");
        Require(mount, string.IsNullOrEmpty(options.Propagation) || BindText.IsPropagation(options.Propagation), $"invalid propagation mode: {options.Propagation}");
        Require(mount, source.StartsWith('/'), $"invalid mount path: '{source}' mount path must be absolute");
        Require(mount, !(options.ReadOnlyNonRecursive && options.ReadOnlyForceRecursive), "ReadOnlyNonRecursive and ReadOnlyForceRecursive exclude each other");
        Require(mount, mount.ReadOnly || !(options.ReadOnlyNonRecursive || options.ReadOnlyForceRecursive), "ReadOnlyNonRecursive and ReadOnlyForceRecursive need ReadOnly");
        return common with
        {
            Source = Clean(source),
            Propagation = string.IsNullOrEmpty(options.Propagation) ? "rprivate" : options.Propagation,
            CreateSource = options.CreateMountpoint,
            NonRecursive = options.NonRecursive,
            ReadOnlyNonRecursive = options.ReadOnlyNonRecursive,
            ReadOnlyForceRecursive = options.ReadOnlyForceRecursive,
        };
    }

    private Engine.Containers.Model.MountPoint VolumeMount(Mount mount, Engine.Containers.Model.MountPoint common)
    {
        bool isAnonymous = string.IsNullOrEmpty(mount.Source);
        VolumeOptions? options = mount.VolumeOptions;
        Require(mount, !isAnonymous || !mount.ReadOnly, "must not set ReadOnly mode when using anonymous volumes");
        string subPath = options?.Subpath ?? "";
        Require(mount, IsLocal(subPath), "subpath must be a relative path within the volume");
        string name = isAnonymous ? RandomId.Next() : mount.Source!;
        Ask(name, new VolumeRequest(
            options?.DriverConfig?.Name is { Length: > 0 } driver ? driver : "local",
            options?.DriverConfig?.Options ?? new Dictionary<string, string>(),
            options?.Labels ?? new Dictionary<string, string>()));
        return common with
        {
            Kind = MountKind.Volume,
            Name = name,
            Anonymous = isAnonymous,
            NoCopy = options?.NoCopy ?? false,
            SubPath = subPath,
            Mode = "z",
        };
    }

    /// <summary>Read-only, whatever was asked for, as dockerd's.</summary>
    private static Engine.Containers.Model.MountPoint ImageMount(Mount mount, Engine.Containers.Model.MountPoint common)
    {
        string subPath = mount.ImageOptions?.Subpath ?? "";
        Require(mount, !string.IsNullOrEmpty(mount.Source), "field Source must not be empty");
        Require(mount, IsLocal(subPath), "subpath must be a relative path within the image");
        return common with { Kind = MountKind.Image, Source = mount.Source!, SubPath = subPath, ReadOnly = true };
    }

    /// <summary>Go's filepath.IsLocal, for a path or none: it does not lead above where it begins.</summary>
    private static bool IsLocal(string path)
    {
        int depth = 0;
        foreach (string part in path.Split('/'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
                return false;
        }
        return !path.StartsWith('/');
    }

    private static IEnumerable<string> Tmpfs(Mount mount)
    {
        TmpfsOptions options = mount.TmpfsOptions ?? new TmpfsOptions();
        foreach (IReadOnlyList<string> option in options.Options ?? [])
        {
            Require(mount, option is ["exec"] or ["noexec"], $"invalid option: {string.Join('=', option)}");
            yield return option[0];
        }
        if (options.SizeBytes > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"size={options.SizeBytes}");
        if (options.Mode > 0)
            yield return "mode=" + Convert.ToString(options.Mode, 8);
    }

    private void Ask(string name, VolumeRequest request) => volumes.TryAdd(name, request);

    /// <summary>Go's path.Clean for absolute paths: no doubled or trailing slashes, no dots.</summary>
    private static string Clean(string path) => path.StartsWith('/') ? Path.GetFullPath(path).TrimEnd('/') is { Length: > 0 } clean ? clean : "/" : path;
}
