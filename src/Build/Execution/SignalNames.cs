using System.Globalization;

namespace Argosy.Build.Execution;

/// <summary>Signals as STOPSIGNAL takes them: a number, or a name with or without SIG (signal(7)).</summary>
internal static class SignalNames
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL", "PROF", "PWR", "QUIT",
        "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2", "VTALRM", "WINCH", "XCPU", "XFSZ",
    };

    public static bool IsKnown(string signal)
    {
        if (int.TryParse(signal, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return number is > 0 and <= 64;
        string name = signal.ToUpperInvariant();
        name = name.StartsWith("SIG", StringComparison.Ordinal) ? name[3..] : name;
        return Names.Contains(name) || IsRealTime(name);
    }

    private static bool IsRealTime(string name)
    {
        if (name is "RTMIN" or "RTMAX")
            return true;
        bool relative = name.StartsWith("RTMIN+", StringComparison.Ordinal) || name.StartsWith("RTMAX-", StringComparison.Ordinal);
        return relative && int.TryParse(name.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture, out int offset) && offset is >= 1 and <= 15;
    }
}
