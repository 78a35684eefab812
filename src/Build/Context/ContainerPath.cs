using Argosy.Linux.Files;

namespace Argosy.Build.Context;

/// <summary>Paths as Dockerfiles write them.</summary>
internal static class ContainerPath
{
    /// <summary>Relative to a root and without <c>.</c>, <c>..</c> and empty components; what would lead above the root stays at the root.</summary>
    public static UnixPath Clean(string path) => UnixPath.Of(CleanText(path));

    /// <summary>Absolute and clean: a relative path begins at the working directory.</summary>
    public static string Absolute(string workingDirectory, string path) =>
        "/" + CleanText(path.StartsWith('/') ? path : $"{workingDirectory}/{path}");

    /// <summary>True when the path names a directory by its form.</summary>
    public static bool IsDirectoryForm(string path) => path.EndsWith('/') || path is "." or ".." || path.EndsWith("/.", StringComparison.Ordinal);

    /// <summary>True when the path leads above where it begins.</summary>
    public static bool LeadsOut(string path)
    {
        int depth = 0;
        foreach (string part in path.Split('/'))
        {
            depth += part switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
                return true;
        }
        return false;
    }

    private static string CleanText(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/'))
        {
            if (part == "..")
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else if (part.Length > 0 && part != ".")
                parts.Add(part);
        }
        return string.Join('/', parts);
    }
}
