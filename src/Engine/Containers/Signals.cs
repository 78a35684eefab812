using System.Globalization;
using Argosy.Core;

namespace Argosy.Engine.Containers;

/// <summary>Signal names and numbers (signal(7), x86 and ARM).</summary>
public static class Signals
{
    /// <summary>SIGKILL.</summary>
    public const int Kill = 9;

    private static readonly string[] Names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM",
        "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
    ];

    /// <summary>Reads <c>9</c>, <c>KILL</c>, <c>SIGKILL</c>, <c>SIGRTMIN+3</c> in any case.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> for anything else.</exception>
    public static int Parse(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            return number is > 0 and <= 64 ? number : throw Invalid(text);
        string name = text.ToUpperInvariant();
        name = name.StartsWith("SIG", StringComparison.Ordinal) ? name[3..] : name;
        int index = Array.IndexOf(Names, name switch { "IOT" => "ABRT", "CLD" => "CHLD", "POLL" => "IO", _ => name });
        return index > 0 ? index : RealTime(name) ?? throw Invalid(text);
    }

    private static int? RealTime(string name)
    {
        (string prefix, int start, int sign) = name.StartsWith("RTMIN", StringComparison.Ordinal) ? ("RTMIN", 34, 1) : ("RTMAX", 64, -1);
        if (!name.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        if (name.Length == prefix.Length)
            return start;
        return int.TryParse(name.AsSpan(prefix.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int offset) && offset <= 30
            ? start + (sign * offset) : null;
    }

    private static EngineException Invalid(string text) => EngineException.Invalid($"invalid signal: {text}");
}
