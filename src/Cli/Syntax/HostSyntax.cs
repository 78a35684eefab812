using System.Globalization;
using Argosy.Contract.Containers;

namespace Argosy.Cli.Syntax;

/// <summary>The small syntaxes of run's options about the host: ulimits, devices, restart policies, extra hosts.</summary>
internal static class HostSyntax
{
    /// <summary><c>nofile=1024:2048</c>, <c>nproc=5</c>.</summary>
    public static Ulimit ParseUlimit(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            throw new FormatException($"invalid ulimit argument: {text}");
        string[] limits = text[(equals + 1)..].Split(':');
        if (limits.Length > 2)
            throw new FormatException($"too many limit value arguments - {text[(equals + 1)..]}, can only have up to two, `soft[:hard]`");
        long soft = Limit(limits[0]);
        long hard = limits.Length == 2 ? Limit(limits[1]) : soft;
        if (hard != -1 && (soft == -1 || soft > hard))
            throw new FormatException($"ulimit soft limit must be less than or equal to hard limit: {limits[0]} > {limits[^1]}");
        return new Ulimit { Name = text[..equals], Soft = soft, Hard = hard };
    }

    /// <summary><c>/dev/a[:/dev/b][:rwm]</c>.</summary>
    public static DeviceMapping ParseDevice(string text)
    {
        string[] parts = text.Split(':');
        bool isMode = parts.Length > 1 && parts[^1].Length > 0 && parts[^1].All("rwm".Contains);
        string permissions = isMode ? parts[^1] : "rwm";
        string[] paths = isMode ? parts[..^1] : parts;
        return paths is [{ Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }]
            ? new DeviceMapping { PathOnHost = paths[0], PathInContainer = paths[^1], CgroupPermissions = permissions }
            : throw new FormatException($"invalid device specification: {text}");
    }

    /// <summary><c>no</c>, <c>always</c>, <c>unless-stopped</c>, <c>on-failure[:max]</c>.</summary>
    public static RestartPolicy ParseRestart(string text)
    {
        if (text.Length == 0)
            return new RestartPolicy();
        string[] parts = text.Split(':');
        if (parts[0].Length == 0)
            throw new FormatException("invalid restart policy format: no policy provided before colon");
        if (parts.Length > 2)
            throw new FormatException("invalid restart policy format: too many colons");
        if (parts.Length == 1)
            return new RestartPolicy { Name = parts[0] };
        return int.TryParse(parts[1], CultureInfo.InvariantCulture, out int count)
            ? new RestartPolicy { Name = parts[0], MaximumRetryCount = count }
            : throw new FormatException("invalid restart policy format: maximum retry count must be an integer");
    }

    /// <summary><c>host:ip</c> or <c>host=ip</c>; the engine wants a colon.</summary>
    public static string ParseExtraHost(string text)
    {
        int separator = text.IndexOf('=', StringComparison.Ordinal);
        if (separator < 0)
            separator = text.IndexOf(':', StringComparison.Ordinal);
        if (separator <= 0)
            throw new FormatException($"bad format for add-host: \"{text}\"");
        string address = text[(separator + 1)..].Trim('[', ']');
        if (address != "host-gateway" && !global::System.Net.IPAddress.TryParse(address, out _))
            throw new FormatException($"invalid IP address in add-host: \"{address}\"");
        return $"{text[..separator]}:{address}";
    }

    /// <summary>Processors as a decimal: <c>1.5</c>; the result is in billionths.</summary>
    public static long ParseCpus(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal cpus) && decimal.Truncate(cpus * 1_000_000_000m) == cpus * 1_000_000_000m
            ? (long)(cpus * 1_000_000_000m)
            : throw new FormatException($"failed to parse {text} as a rational number");

    /// <summary><c>-1</c> or a size.</summary>
    public static long ParseSwap(string text) => text == "-1" ? -1 : ByteSize.Parse(text);

    /// <summary><c>/dev/sda:1mb</c>.</summary>
    public static ThrottleDevice ParseRate(string text, bool isBytes)
    {
        (string path, string value) = SplitDevice(text);
        return new ThrottleDevice
        {
            Path = path,
            Rate = isBytes ? (ulong)ByteSize.Parse(value) : ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong rate) ? rate : throw new FormatException($"invalid rate for device: {text}. The correct format is <device-path>:<number>. Number must be a positive integer"),
        };
    }

    /// <summary><c>/dev/sda:500</c>.</summary>
    public static WeightDevice ParseWeight(string text)
    {
        (string path, string value) = SplitDevice(text);
        return int.TryParse(value, CultureInfo.InvariantCulture, out int weight) && weight is 0 or (>= 10 and <= 1000)
            ? new WeightDevice { Path = path, Weight = weight }
            : throw new FormatException($"invalid weight for device: {text}");
    }

    private static (string Path, string Value) SplitDevice(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && text.StartsWith("/dev/", StringComparison.Ordinal)
            ? (text[..colon], text[(colon + 1)..])
            : throw new FormatException($"bad format: {text}");
    }

    private static long Limit(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long limit)
            ? limit
            : text == "unlimited" ? -1 : throw new FormatException($"strconv.ParseInt: parsing \"{text}\": invalid syntax");
}
