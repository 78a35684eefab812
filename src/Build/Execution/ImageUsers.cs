using System.Globalization;
using System.Text;
using Argosy.Core;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;

namespace Argosy.Build.Execution;

/// <summary>Owners by name or number, with the names that the image's own /etc/passwd and /etc/group give.</summary>
internal static class ImageUsers
{
    private const int LargestFile = 16 << 20;

    /// <summary>Resolves <c>user[:group]</c>. Without a group: a user's own by the passwd file, or the number of the user.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when there is no such name.</exception>
    public static (uint User, uint Group) Resolve(RootDirectory root, string owner)
    {
        string[] parts = owner.Split(':', 2);
        (uint user, uint ownGroup) = User(root, parts[0], owner);
        return (user, parts.Length > 1 && parts[1].Length > 0 ? Group(root, parts[1], owner) : ownGroup);
    }

    private static (uint User, uint Group) User(RootDirectory root, string name, string owner)
    {
        if (name.Length == 0)
            return (0, 0);
        if (uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
            return (number, number);
        foreach (string[] fields in Entries(root, "etc/passwd"))
        {
            if (fields.Length >= 4 && fields[0] == name && TryId(fields[2], out uint user) && TryId(fields[3], out uint group))
                return (user, group);
        }
        throw Unknown("user", name, owner);
    }

    private static uint Group(RootDirectory root, string name, string owner)
    {
        if (uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
            return number;
        foreach (string[] fields in Entries(root, "etc/group"))
        {
            if (fields.Length >= 3 && fields[0] == name && TryId(fields[2], out uint group))
                return group;
        }
        throw Unknown("group", name, owner);
    }

    private static IEnumerable<string[]> Entries(RootDirectory root, string path) =>
        root.ReadFile(UnixPath.Of(path), LargestFile) is { } content
            ? Encoding.UTF8.GetString(content).Split('\n').Select(line => line.TrimEnd('\r').Split(':'))
            : [];

    private static bool TryId(string text, out uint id) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out id);

    private static EngineException Unknown(string kind, string name, string owner) =>
        EngineException.Invalid($"unable to convert uid/gid chown string to host mapping: can't find {(kind == "user" ? "uid" : "gid")} for {kind} {name}: no such {kind}: {name}{(owner == name ? "" : $" (in {owner})")}");
}
