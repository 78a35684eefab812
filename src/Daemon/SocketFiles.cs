using Argosy.Linux.Files;

namespace Argosy.Daemon;

/// <summary>The listening sockets as files: left-overs go, and only root and the group may connect (mode 0660).</summary>
internal static class SocketFiles
{
    private const string DefaultGroup = "argosy";
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>Removes the files of a daemon that is gone; <see cref="DaemonLock"/> has made sure that it is.</summary>
    internal static void Clear(IReadOnlyList<string> sockets)
    {
        foreach (string socket in sockets)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(socket)!);
            File.Delete(socket);
        }
    }

    internal static void Protect(IReadOnlyList<string> sockets, string? group)
    {
        uint? gid = GroupId(group);
        foreach (string socket in sockets)
        {
            File.SetUnixFileMode(socket, Mode);
            if (gid is { } id)
                Ownership.SetGroup(socket, id);
        }
    }

    /// <exception cref="InvalidDataException">A group was asked for and does not exist.</exception>
    private static uint? GroupId(string? group)
    {
        string name = group ?? DefaultGroup;
        foreach (string line in File.Exists("/etc/group") ? File.ReadLines("/etc/group") : [])
        {
            if (line.Split(':') is [var found, _, var id, ..] && (found == name || id == name) && uint.TryParse(id, out uint gid))
                return gid;
        }
        return group is null ? null : throw new InvalidDataException($"group {group} not found");
    }
}
