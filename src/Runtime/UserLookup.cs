using Argosy.Core;

namespace Argosy.Runtime;

/// <summary>Makes numbers of <c>--user</c> with the image's own /etc/passwd and /etc/group.</summary>
public static class UserLookup
{
    /// <summary>Resolves <c>user</c>, <c>uid</c>, <c>user:group</c>, <c>:group</c> in any mix of names and numbers; empty is root.</summary>
    /// <param name="rootfs">The container's root; symbolic links in it cannot lead outside.</param>
    /// <param name="user">What the user or the image asked for.</param>
    /// <param name="groupAdd"><c>--group-add</c>: names or numbers.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>: no matching entries.</exception>
    public static UserIdentity Resolve(string rootfs, string? user, IReadOnlyList<string>? groupAdd = null) =>
        throw EngineException.NotImplemented("user look-up lands within the hour");
}
