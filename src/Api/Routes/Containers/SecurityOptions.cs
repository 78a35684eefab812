using Argosy.Core;

namespace Argosy.Api.Routes.Containers;

/// <summary>HostConfig.SecurityOpt, parsed.</summary>
/// <param name="Seccomp">"" default, "unconfined", or a profile as JSON (clients send the file's content).</param>
/// <param name="UnmaskAll">systempaths=unconfined.</param>
internal sealed record SecurityOptions(bool NoNewPrivileges, string Seccomp, bool UnmaskAll)
{
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
            ("apparmor", "unconfined") or ("label", "disable") => this,
            ("apparmor" or "label", _) => throw EngineException.NotImplemented($"security option {option} is not supported on this host"),
            _ => throw EngineException.Invalid($"invalid --security-opt 2: \"{option}\""),
        };
    }
}
