using System.Globalization;
using System.Text.RegularExpressions;
using Argosy.Build.Cache;
using Argosy.Build.Syntax;

namespace Argosy.Daemon;

/// <summary>Makes the build cache's policy of <c>builder.gc</c>.</summary>
internal static partial class BuildCacheSettings
{
    private const long CacheMounts = 512L << 20;
    private static readonly TimeSpan CacheMountAge = TimeSpan.FromHours(48);
    private static readonly TimeSpan Age = TimeSpan.FromDays(60);

    /// <param name="settings"><c>builder.gc</c>.</param>
    /// <param name="disk">Bytes of the data root's disk; asked for only when a part of them is named.</param>
    /// <exception cref="InvalidDataException">Something cannot be read.</exception>
    internal static BuildCachePolicy Resolve(BuilderGcSettings? settings, Func<long> disk)
    {
        settings ??= new BuilderGcSettings();
        if (settings.Enabled == false)
            return new BuildCachePolicy([]);
        return new BuildCachePolicy(settings.Policy is { Count: > 0 } policy ? [.. policy.Select(rule => Rule(rule, disk))] : Defaults(settings, disk));
    }

    /// <summary>dockerd's: cache mounts of two days ago go first, then what was of no use for two months, then whatever is too much.</summary>
    private static BuildCacheRule[] Defaults(BuilderGcSettings settings, Func<long> disk)
    {
        var bounds = new BuildCacheRule
        {
            ReservedSpace = Space("defaultReservedSpace", settings.DefaultReservedSpace ?? settings.DefaultKeepStorage ?? "10%", disk),
            MaxUsedSpace = Space("defaultMaxUsedSpace", settings.DefaultMaxUsedSpace ?? "60%", disk),
            MinFreeSpace = Space("defaultMinFreeSpace", settings.DefaultMinFreeSpace ?? "20%", disk),
        };
        return
        [
            new BuildCacheRule { Type = BuildCacheEntry.CacheMount, UnusedFor = CacheMountAge, MaxUsedSpace = CacheMounts },
            new BuildCacheRule { UnusedFor = Age, ReservedSpace = bounds.ReservedSpace },
            bounds,
        ];
    }

    private static BuildCacheRule Rule(BuilderGcRule rule, Func<long> disk)
    {
        var made = new BuildCacheRule
        {
            ReservedSpace = Space("reservedSpace", rule.ReservedSpace ?? rule.KeepStorage, disk),
            MaxUsedSpace = Space("maxUsedSpace", rule.MaxUsedSpace, disk),
            MinFreeSpace = Space("minFreeSpace", rule.MinFreeSpace, disk),
        };
        foreach (string filter in rule.Filter ?? [])
        {
            // dockerd takes BuildKit's "==" too.
            string[] pair = filter.Split('=', 2);
            string value = pair.Length == 2 ? pair[1].TrimStart('=') : "";
            made = pair[0] switch
            {
                "unused-for" or "until" when GoDuration.TryParse(value, out TimeSpan age) => made with { UnusedFor = age },
                "type" when value is BuildCacheEntry.Step or BuildCacheEntry.CacheMount => made with { Type = value },
                _ => throw new InvalidDataException($"builder.gc.policy: filter {filter}: unused-for=DURATION, type={BuildCacheEntry.Step} and type={BuildCacheEntry.CacheMount} are known"),
            };
        }
        return made;
    }

    /// <summary>"10GB" and "10GiB" are both 10·2³⁰, as dockerd reads them; "0" and "" are no bound.</summary>
    internal static long? Space(string key, string? text, Func<long> disk)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        Match match = Size().Match(text);
        if (!match.Success || !double.TryParse(match.Groups["number"].Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            throw new InvalidDataException($"builder.gc: {key}: invalid size: '{text}'");
        string unit = match.Groups["unit"].Value.ToLowerInvariant();
        double bytes = unit switch
        {
            "%" => number <= 100 ? number / 100 * disk() : throw new InvalidDataException($"builder.gc: {key}: {text} is more than the disk"),
            "" or "b" => number,
            _ => number * Math.Pow(1024, "kmgtp".IndexOf(unit[0], StringComparison.Ordinal) + 1),
        };
        return bytes >= long.MaxValue ? throw new InvalidDataException($"builder.gc: {key}: invalid size: '{text}'") : bytes < 1 ? null : (long)bytes;
    }

    [GeneratedRegex(@"^(?<number>\d+(\.\d+)?) ?(?<unit>%|b|[kmgtp](i?b)?)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Size();
}
