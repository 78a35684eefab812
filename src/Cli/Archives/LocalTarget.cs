using Argosy.Cli.CommandLine;

namespace Argosy.Cli.Archives;

/// <summary>Where an archive's tree goes on this machine.</summary>
/// <param name="Directory">A directory that exists.</param>
/// <param name="Name">The name that the archive's first component gets; null unpacks below it without that component.</param>
internal sealed record LocalTarget(string Directory, string? Name)
{
    /// <param name="target">What the user wrote.</param>
    /// <param name="sourceName">The source's own name.</param>
    /// <param name="isDirectory">Whether the source is a directory.</param>
    /// <param name="takesContent">Whether only its content is meant.</param>
    public static LocalTarget For(string target, string sourceName, bool isDirectory, bool takesContent)
    {
        string full = Path.GetFullPath(target);
        if (global::System.IO.Directory.Exists(full))
            return new LocalTarget(full, takesContent ? null : sourceName);
        if (File.Exists(full) && isDirectory)
            throw new CliException("cannot copy directory");
        if (!isDirectory && target.EndsWith('/'))
            throw new CliException($"no such directory: {target}");
        string clean = full.TrimEnd('/');
        string parent = Path.GetDirectoryName(clean) ?? "/";
        return global::System.IO.Directory.Exists(parent)
            ? new LocalTarget(parent, Path.GetFileName(clean))
            : throw new CliException($"invalid output path: directory \"{parent}\" does not exist");
    }
}
