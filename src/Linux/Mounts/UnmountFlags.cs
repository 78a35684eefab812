namespace Argosy.Linux.Mounts;

/// <summary>umount2(2)'s flags.</summary>
[Flags]
public enum UnmountFlags
{
    None = 0,
    Force = 1,

    /// <summary>Takes the mount out of the tree now, and away when its last user has gone.</summary>
    Detach = 2,
    NoFollow = 8,
}
