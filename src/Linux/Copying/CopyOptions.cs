using Argosy.Linux.Files;

namespace Argosy.Linux.Copying;

/// <summary>How a tree is copied.</summary>
public sealed record CopyOptions
{
    /// <summary>Owner of all that is made; null keeps the source's.</summary>
    public (uint User, uint Group)? Owner { get; init; }

    /// <summary>What becomes of the permissions of all that is made, links aside; null keeps the source's.</summary>
    public PermissionChange? Permissions { get; init; }

    /// <summary>Says of a path below the copied directory whether it is left out, with all below it.</summary>
    public Func<UnixPath, bool> IsExcluded { get; init; } = _ => false;

    /// <summary>The permissions that a copy of such a file gets.</summary>
    public int PermissionsOf(FileStatus status) => Permissions?.Apply(status.Permissions, status.IsDirectory) ?? status.Permissions;
}
