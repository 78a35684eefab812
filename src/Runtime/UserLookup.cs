using System.Globalization;
using Argosy.Core;
using Argosy.Linux.Rooted;

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
        Resolve(user ?? "", groupAdd ?? [], RootedFile.ReadText(rootfs, "etc/passwd") ?? "", RootedFile.ReadText(rootfs, "etc/group") ?? "");

    internal static UserIdentity Resolve(string user, IReadOnlyList<string> groupAdd, string passwd, string group)
    {
        int colon = user.IndexOf(':', StringComparison.Ordinal);
        string userPart = colon < 0 ? user : user[..colon];
        string groupPart = colon < 0 ? "" : user[(colon + 1)..];
        IReadOnlyList<GroupEntry> groups = GroupEntry.Parse(group);
        PasswdEntry account = FindUser(userPart, PasswdEntry.Parse(passwd));
        uint gid = groupPart.Length == 0 ? account.Gid : FindGroup(groupPart, groups);
        // Memberships count only when no group was named. The primary group is repeated among the additional ones, as Docker does
        // since CVE-2022-36109: a process must not get rid of a group that denies it something.
        IEnumerable<uint> member = groupPart.Length > 0 || account.Name.Length == 0
            ? []
            : groups.Where(entry => entry.Members.Contains(account.Name)).Select(entry => entry.Gid);
        IEnumerable<uint> added = groupAdd.Select(name => FindGroup(name, groups));
        return new UserIdentity(account.Uid, gid, [.. new[] { gid }.Concat(member).Concat(added).Distinct()]) { Home = account.Home };
    }

    private static PasswdEntry FindUser(string user, IReadOnlyList<PasswdEntry> accounts)
    {
        if (user.Length == 0)
            return accounts.FirstOrDefault(entry => entry.Uid == 0) ?? new PasswdEntry("", 0, 0, "/");
        // A number is a uid, even if an account has that name.
        if (long.TryParse(user, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            uint uid = InRange(number);
            return accounts.FirstOrDefault(entry => entry.Uid == uid) ?? new PasswdEntry("", uid, 0, "/");
        }
        return accounts.FirstOrDefault(entry => entry.Name == user)
            ?? throw EngineException.Invalid($"unable to find user {user}: no matching entries in passwd file");
    }

    private static uint FindGroup(string group, IReadOnlyList<GroupEntry> groups)
    {
        if (long.TryParse(group, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            return InRange(number);
        return groups.FirstOrDefault(entry => entry.Name == group)?.Gid
            ?? throw EngineException.Invalid($"unable to find group {group}: no matching entries in group file");
    }

    private static uint InRange(long number) =>
        number is >= 0 and <= int.MaxValue ? (uint)number : throw EngineException.Invalid("uids and gids must be in range 0-2147483647");
}
