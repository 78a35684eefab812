namespace Argosy.Runtime;

/// <summary>Where the runtime's helpers are.</summary>
public sealed record RuntimeOptions
{
    /// <summary>Path or name of conmon.</summary>
    public string Conmon { get; init; } = "conmon";

    /// <summary>OCI runtimes in order of preference; the first that works on this host is the default.</summary>
    public IReadOnlyList<string> Runtimes { get; init; } = ["crun", "runc"];

    /// <summary>The one that the configuration names; null leaves the choice. If it is missing, nothing else is taken in its place.</summary>
    public string? DefaultRuntime { get; init; }

    /// <summary>The default seccomp profile (containers-common's, or Docker's).</summary>
    public string SeccompProfile { get; init; } = "/usr/share/containers/seccomp.json";

    /// <summary>How long a client that attached and does not read may block a container's output.</summary>
    public TimeSpan AttachPatience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>An init for <c>--init</c>.</summary>
    public IReadOnlyList<string> InitBinaries { get; init; } = ["/usr/libexec/podman/catatonit", "/usr/bin/catatonit", "/usr/bin/docker-init", "/usr/bin/tini-static"];
}
