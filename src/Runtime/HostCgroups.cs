namespace Argosy.Runtime;

/// <summary>How this host's cgroups are mounted.</summary>
internal sealed class HostCgroups(string root = "/sys/fs/cgroup")
{
    /// <summary>Where the hierarchies are.</summary>
    public string Root => root;

    /// <summary>cgroup version 2 alone.</summary>
    public bool IsUnified { get; } = File.Exists(Path.Combine(root, "cgroup.controllers"));

    /// <summary>Version 1 with a version 2 tree beside it that holds a controller: crun refuses that.</summary>
    public bool IsHybridWithControllers
    {
        get
        {
            string controllers = Path.Combine(root, "unified", "cgroup.controllers");
            return !IsUnified && File.Exists(controllers) && File.ReadAllText(controllers).Trim().Length > 0;
        }
    }
}
