using Argosy.Contract.Containers;

namespace Argosy.Cli.Syntax;

/// <summary>What <c>--mount</c> takes: <c>type=bind,source=/a,target=/b,readonly</c>.</summary>
internal static class MountSyntax
{
    /// <exception cref="FormatException">It is none.</exception>
    public static Mount Parse(string text)
    {
        var fields = new MountFields();
        foreach ((string key, string value, bool hasValue) in CommaFields.Parse(text))
            fields.Set(key, value, hasValue);
        return fields.ToMount();
    }

    private sealed class MountFields
    {
        private readonly Dictionary<string, string> labels = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> driverOptions = new(StringComparer.Ordinal);
        private readonly HashSet<string> seen = [];
        private Mount mount = new() { Type = "volume" };
        private BindOptions bind = new();
        private VolumeOptions volume = new();
        private ImageOptions image = new();
        private TmpfsOptions tmpfs = new();
        private string? driver;

        public void Set(string key, string value, bool hasValue)
        {
            if (!hasValue && key is not ("readonly" or "ro" or "volume-nocopy" or "bind-nonrecursive"))
                throw new FormatException($"invalid field '{key}' must be a key=value pair");
            switch (key)
            {
                case "type": mount = mount with { Type = value.ToLowerInvariant() }; break;
                case "source" or "src": mount = mount with { Source = Source(value) }; break;
                case "target" or "dst" or "destination": mount = mount with { Target = value }; break;
                case "readonly" or "ro": mount = mount with { ReadOnly = Bool(key, value, hasValue) }; break;
                case "consistency": mount = mount with { Consistency = value.ToLowerInvariant() }; break;
                case "volume-label": Add(labels, value); break;
                case "volume-opt": Add(driverOptions, value); break;
                case "volume-driver": driver = value; break;
                default: SetOption(key, value, hasValue); break;
            }
            seen.Add(key.Split('-')[0]);
        }

        public Mount ToMount()
        {
            foreach (string kind in (string[])["bind", "volume", "image", "tmpfs"])
            {
                if (kind != mount.Type && seen.Contains(kind))
                    throw new FormatException($"cannot mix '{kind}-*' options with mount type '{mount.Type}'");
            }
            if (mount.Target.Length == 0)
                throw new FormatException("target is required");
            if (labels.Count > 0)
                volume = volume with { Labels = labels };
            if (driver is not null || driverOptions.Count > 0)
                volume = volume with { DriverConfig = new VolumeDriverConfig { Name = driver, Options = driverOptions.Count > 0 ? driverOptions : null } };
            return mount with
            {
                BindOptions = bind == new BindOptions() ? null : bind,
                VolumeOptions = volume == new VolumeOptions() ? null : volume,
                ImageOptions = image == new ImageOptions() ? null : image,
                TmpfsOptions = tmpfs == new TmpfsOptions() ? null : tmpfs,
            };
        }

        private void SetOption(string key, string value, bool hasValue)
        {
            switch (key)
            {
                case "bind-propagation": bind = bind with { Propagation = value.ToLowerInvariant() }; break;
                case "bind-nonrecursive": bind = bind with { NonRecursive = Bool(key, value, hasValue) }; break;
                case "bind-recursive": bind = Recursive(value); break;
                case "volume-nocopy": volume = volume with { NoCopy = Bool(key, value, hasValue) }; break;
                case "volume-subpath": volume = volume with { Subpath = value }; break;
                case "image-subpath": image = image with { Subpath = value }; break;
                case "tmpfs-size": tmpfs = tmpfs with { SizeBytes = ByteSize.Parse(value) }; break;
                case "tmpfs-mode": tmpfs = tmpfs with { Mode = Octal(value) }; break;
                default: throw new FormatException($"unexpected key '{key}' in '{key}{(hasValue ? "=" + value : "")}'");
            }
        }

        private BindOptions Recursive(string value) => value switch
        {
            "enabled" => bind,
            "disabled" => bind with { NonRecursive = true },
            "writable" => bind with { ReadOnlyNonRecursive = true },
            "readonly" => bind with { ReadOnlyForceRecursive = true },
            _ => throw new FormatException($"invalid value for bind-recursive: {value} (must be \"enabled\", \"disabled\", \"writable\", or \"readonly\")"),
        };

        private static string Source(string value) => value is "." || value.StartsWith("./", StringComparison.Ordinal) || value.StartsWith("../", StringComparison.Ordinal)
            ? Path.GetFullPath(value)
            : value;

        private static void Add(Dictionary<string, string> map, string value)
        {
            int equals = value.IndexOf('=', StringComparison.Ordinal);
            map[equals < 0 ? value : value[..equals]] = equals < 0 ? "" : value[(equals + 1)..];
        }

        private static bool Bool(string key, string value, bool hasValue) => !hasValue || value.ToLowerInvariant() switch
        {
            "true" or "1" or "t" => true,
            "false" or "0" or "f" => false,
            _ => throw new FormatException($"invalid value for {key}: {value}"),
        };

        private static int Octal(string value)
        {
            try
            {
                return Convert.ToInt32(value, 8);
            }
            catch (Exception failure) when (failure is FormatException or OverflowException or ArgumentException)
            {
                throw new FormatException($"invalid value for tmpfs-mode: {value}");
            }
        }
    }
}
