namespace Argosy.Compose;

/// <summary>Paths as compose files write them: relative to a base directory, <c>~</c> is the home directory.</summary>
internal static class HostPath
{
    internal static string Resolve(string path, string baseDirectory, Func<string, string?> lookup)
    {
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
            return Path.GetFullPath((lookup("HOME") ?? "/root") + path[1..]);
        return Path.GetFullPath(path, baseDirectory);
    }

    /// <summary>What tells a bind mount's source from a volume's name in the short syntax.</summary>
    internal static bool LooksLikePath(string source) => source.Length > 0 && (source[0] is '.' or '/' or '~');

    /// <summary>A build context that is not a directory on the client.</summary>
    internal static bool IsRemoteContext(string context) =>
        context.Contains("://", StringComparison.Ordinal) || context.StartsWith("git@", StringComparison.Ordinal) || context.StartsWith("github.com/", StringComparison.Ordinal);
}
