using System.Globalization;

namespace Argosy.Runtime.Stats;

/// <summary>Counters from /proc.</summary>
internal static class HostCounters
{
    // USER_HZ is 100 on every architecture that .NET runs on.
    private const ulong NanosecondsPerTick = 10_000_000;

    /// <summary>All processors' time (user to steal, as Docker sums it) in nanoseconds, and how many processors are on line.</summary>
    public static (ulong Time, int Processors) Cpu(string procStat)
    {
        ulong ticks = 0;
        int processors = 0;
        foreach (string line in procStat.Split('\n'))
        {
            if (line.StartsWith("cpu ", StringComparison.Ordinal))
                ticks = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(7).Aggregate(0ul, (sum, word) => sum + ulong.Parse(word, CultureInfo.InvariantCulture));
            else if (line.Length > 3 && line.StartsWith("cpu", StringComparison.Ordinal) && char.IsAsciiDigit(line[3]))
                processors++;
        }
        return (ticks * NanosecondsPerTick, processors);
    }

    /// <summary>MemTotal in bytes.</summary>
    public static ulong Memory(string procMeminfo)
    {
        string? line = procMeminfo.Split('\n').FirstOrDefault(text => text.StartsWith("MemTotal:", StringComparison.Ordinal));
        return line is null ? 0 : ulong.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>The interfaces of /proc/&lt;pid&gt;/net/dev, without lo.</summary>
    public static IReadOnlyDictionary<string, InterfaceCounters> Networks(string netDev)
    {
        var found = new Dictionary<string, InterfaceCounters>(StringComparer.Ordinal);
        foreach (string line in netDev.Split('\n'))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0)
                continue;
            string name = line[..colon].Trim();
            ulong[] values = [.. line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => ulong.TryParse(word, CultureInfo.InvariantCulture, out ulong value) ? value : 0)];
            if (name != "lo" && values.Length >= 12)
                found[name] = new InterfaceCounters(values[0], values[1], values[2], values[3], values[8], values[9], values[10], values[11]);
        }
        return found;
    }
}
