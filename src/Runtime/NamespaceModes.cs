namespace Argosy.Runtime;

/// <summary>The namespaces of a container beside its network and mount ones.</summary>
public sealed record NamespaceModes
{
    public NamespaceMode Pid { get; init; } = NamespaceMode.Private;

    public NamespaceMode Ipc { get; init; } = NamespaceMode.Private;

    public NamespaceMode Uts { get; init; } = NamespaceMode.Private;

    /// <summary>Null is Docker's default: private on cgroup v2, the host's on v1 and for privileged containers.</summary>
    public NamespaceMode? Cgroup { get; init; }
}
