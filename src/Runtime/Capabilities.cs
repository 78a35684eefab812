using System.Globalization;
using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>Capability names, Docker's default set, and what <c>--cap-add</c>, <c>--cap-drop</c> and <c>--privileged</c> make of it.</summary>
public static class Capabilities
{
    /// <summary>Docker's default set.</summary>
    public static IReadOnlyList<string> Defaults { get; } =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID",
        "CAP_SETUID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE",
    ];

    /// <summary>All that Linux has, in the order of linux/capability.h: the index is the number.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_SETGID", "CAP_SETUID",
        "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_ADMIN", "CAP_NET_RAW",
        "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO", "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT",
        "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE", "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD",
        "CAP_LEASE", "CAP_AUDIT_WRITE", "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG",
        "CAP_WAKE_ALARM", "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE",
    ];

    private static readonly Lazy<string[]> Available = new(ReadAvailable);

    /// <summary>The sets of a process. Another user than root keeps the bounding set only, as with Docker.</summary>
    /// <param name="add">Names with or without <c>CAP_</c>, in any case; <c>ALL</c>.</param>
    /// <param name="drop">The same; drop wins over the defaults, add over drop of ALL.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> for an unknown name.</exception>
    public static CapabilitySets Compute(IReadOnlyList<string> add, IReadOnlyList<string> drop, bool privileged, uint uid)
    {
        IReadOnlyList<string> bounding = privileged ? Known() : Tweak(Normalise(add), Normalise(drop));
        return uid == 0
            ? new CapabilitySets { Bounding = bounding, Effective = bounding, Permitted = bounding }
            : new CapabilitySets { Bounding = bounding };
    }

    /// <summary>All that this kernel knows and the daemon itself may use: nobody can give away more.</summary>
    public static IReadOnlyList<string> Known() => Available.Value;

    private static string[] Tweak(HashSet<string> add, HashSet<string> drop)
    {
        IEnumerable<string> start = add.Contains("ALL") ? Known() : drop.Contains("ALL") ? [] : Defaults;
        IEnumerable<string> kept = start.Where(name => !drop.Contains(name));
        return [.. kept.Concat(add.Where(name => name != "ALL")).Distinct()];
    }

    private static HashSet<string> Normalise(IReadOnlyList<string> names)
    {
        var result = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in names)
        {
            string upper = name.ToUpperInvariant();
            string full = upper == "ALL" || upper.StartsWith("CAP_", StringComparison.Ordinal) ? upper : "CAP_" + upper;
            if (full == "CAP_ALL")
                full = "ALL";
            if (full != "ALL" && !Known().Contains(full))
                throw EngineException.Invalid($"invalid capability: unknown or not supported by the kernel: \"{name}\"");
            result.Add(full);
        }
        return result;
    }

    private static string[] ReadAvailable()
    {
        string effective = File.ReadLines("/proc/self/status").First(line => line.StartsWith("CapEff:", StringComparison.Ordinal))["CapEff:".Length..].Trim();
        ulong bits = ulong.Parse(effective, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        // An unprivileged process (a unit test) sees all that it can name.
        return bits == 0 ? [.. Names] : [.. Names.Where((_, number) => (bits >> number & 1) != 0)];
    }
}
