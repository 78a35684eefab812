using Argosy.Linux.Files;

namespace Argosy.Linux.Copying;

/// <summary>How a tree is copied.</summary>
public sealed record CopyOptions
{
    /// <summary>Owner of all that is made; null keeps the source's.</summary>
    public (uint User, uint Group)? Owner { get; init; }

    /// <summary>Permissions of all that is made, links aside; null keeps the source's.</summary>
    public int? Permissions { get; init; }

    /// <summary>Says of a path below the copied directory whether it is left out, with all below it.</summary>
    public Func<UnixPath, bool> IsExcluded { get; init; } = _ => false;
}
