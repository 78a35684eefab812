using Argosy.Core;

namespace Argosy.Api.Routes.Containers;

/// <summary>HostConfig.SecurityOpt, parsed.</summary>
/// <param name="Seccomp">"" default, "unconfined", or a profile as JSON (clients send the file's content).</param>
/// <param name="UnmaskAll">systempaths=unconfined.</param>
internal sealed record SecurityOptions(bool NoNewPrivileges, string Seccomp, bool UnmaskAll)
{
    /// <summary>A profile of the host's AppArmor; null leaves the process unconfined by it.</summary>
    internal string? AppArmor { get; init; }

    internal static SecurityOptions Parse(IReadOnlyList<string> options)
    {
        var result = new SecurityOptions(false, "", false);
        foreach (string option in options)
            result = result.With(option);
        return result;
    }

    private SecurityOptions With(string option)
    {
        int at = option.IndexOfAny(['=', ':']);
        (string key, string value) = at < 0 ? (option, "") : (option[..at], option[(at + 1)..]);
        return (key, value) switch
        {
            ("no-new-privileges", "" or "true") => this with { NoNewPrivileges = true },
            ("no-new-privileges", "false") => this with { NoNewPrivileges = false },
            ("seccomp", "builtin") => this with { Seccomp = "" },
            ("seccomp", { Length: > 0 }) => this with { Seccomp = value },
            ("systempaths", "unconfined") => this with { UnmaskAll = true },
            // As with dockerd, a module that the host does not run confines nobody, whatever its option says.
            ("apparmor", { Length: > 0 }) => this with { AppArmor = HasAppArmor && value != "unconfined" ? value : null },
            ("label", { Length: > 0 }) when value == "disable" || !HasSelinux => this,
            ("label", { Length: > 0 }) => throw EngineException.NotImplemented($"security option {option}: SELinux labels are not supported"),
            _ => throw EngineException.Invalid($"invalid --security-opt {(at < 0 ? 1 : 2)}: \"{option}\""),
        };
    }

    private static bool HasAppArmor => File.Exists("/sys/module/apparmor/parameters/enabled") && File.ReadAllText("/sys/module/apparmor/parameters/enabled").StartsWith('Y');

    private static bool HasSelinux => File.Exists("/sys/fs/selinux/enforce");
}
