namespace Argosy.Engine.Containers.Model;

/// <summary>
/// The portable part of a container: what runs and how (Engine API, ContainerConfig). In a record it is already merged with the image's configuration.
/// </summary>
public sealed record ContainerConfig
{
    /// <summary>Empty: the container's short id.</summary>
    public string Hostname { get; set; } = "";

    /// <summary>The NIS domain name; empty for none.</summary>
    public string Domainname { get; set; } = "";

    /// <summary>user[:group], names or numbers; empty for root.</summary>
    public string User { get; set; } = "";

    /// <summary>What a client said it would attach; shown in inspect, decides nothing but stdin.</summary>
    public bool AttachStdin { get; init; }

    /// <inheritdoc cref="AttachStdin"/>
    public bool AttachStdout { get; init; }

    /// <inheritdoc cref="AttachStdin"/>
    public bool AttachStderr { get; init; }

    /// <summary>A pseudo-terminal instead of pipes.</summary>
    public bool Tty { get; init; }

    /// <summary>Keep stdin open.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>Close stdin when the first attached client leaves.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>NAME=value.</summary>
    public IReadOnlyList<string> Env { get; set; } = [];

    /// <summary>Null: the image's.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>Null: the image's.</summary>
    public IReadOnlyList<string>? Entrypoint { get; init; }

    /// <summary>Null: the image's.</summary>
    public HealthcheckConfig? Healthcheck { get; init; }

    /// <summary>The image as the user named it.</summary>
    public string Image { get; set; } = "";

    /// <summary>Ports such as <c>80/tcp</c>.</summary>
    public IReadOnlyList<string> ExposedPorts { get; set; } = [];

    /// <summary>Paths that get an anonymous volume.</summary>
    public IReadOnlyList<string> Volumes { get; set; } = [];

    /// <summary>Empty: <c>/</c>.</summary>
    public string WorkingDir { get; set; } = "";

    /// <summary>Labels, merged with the image's.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();

    /// <summary>Null: SIGTERM.</summary>
    public string? StopSignal { get; init; }

    /// <summary>Seconds; null: 10.</summary>
    public int? StopTimeout { get; init; }

    /// <summary>The shell of shell-form commands; kept for commit.</summary>
    public IReadOnlyList<string>? Shell { get; init; }

    /// <summary>True: no interface beside loopback (Engine API before 1.44's NetworkDisabled).</summary>
    public bool NetworkDisabled { get; init; }
}
