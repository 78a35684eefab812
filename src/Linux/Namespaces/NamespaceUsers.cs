using Argosy.Linux.Rooted;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Linux.Namespaces;

/// <summary>Finds out whether a network namespace still has processes: its mount alone keeps it alive, and so does a socket in it.</summary>
public static class NamespaceUsers
{
    /// <summary>True when a process lives in one of the namespaces. Reads a link per process of the host.</summary>
    /// <param name="paths">Their mounts; one that is gone has no processes.</param>
    public static bool Any(IEnumerable<string> paths)
    {
        HashSet<string> wanted = [.. paths.Select(Name).OfType<string>()];
        return wanted.Count > 0 && Directory.EnumerateDirectories("/proc").Any(process => char.IsAsciiDigit(Path.GetFileName(process)[0]) && wanted.Contains(NameOf(process)));
    }

    /// <summary>As namespaces(7) writes it in /proc.</summary>
    private static string? Name(string path)
    {
        try
        {
            using SafeFileHandle mount = NetworkNamespace.Open(path);
            return $"net:[{FileIdentity.Of(mount).Inode}]";
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            return new FileInfo(process + "/ns/net").LinkTarget ?? "";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked, or is a zombie.
            return "";
        }
    }
}
