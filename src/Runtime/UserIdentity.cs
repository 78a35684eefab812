namespace Argosy.Runtime;

/// <summary>Whom a process runs as, in numbers; <see cref="UserLookup"/> makes it from a name.</summary>
public sealed record UserIdentity(uint Uid, uint Gid, IReadOnlyList<uint> AdditionalGids)
{
    /// <summary>uid 0, gid 0.</summary>
    public static UserIdentity Root { get; } = new(0, 0, []);

    /// <summary>The home directory that the image's passwd file gives; <c>/</c> when it has none.</summary>
    public string Home { get; init; } = "/";
}
