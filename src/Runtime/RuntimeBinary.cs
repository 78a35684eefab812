namespace Argosy.Runtime;

/// <summary>An OCI runtime on this host, with the state directory that Argosy gives it.</summary>
internal sealed record RuntimeBinary(string Path, string Root)
{
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>crun takes compiled seccomp filters.</summary>
    public bool IsCrun => Name == "crun";

    /// <summary>The runtime's own record of a container.</summary>
    public string StateDirectory(string id) => System.IO.Path.Combine(Root, id);

    /// <summary>A created container's first process waits for a reader of this fifo; both crun and runc remove it at start.</summary>
    public string StartFifo(string id) => System.IO.Path.Combine(Root, id, "exec.fifo");
}
