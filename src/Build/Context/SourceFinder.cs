using Argosy.Core;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;

namespace Argosy.Build.Context;

/// <summary>Finds what the sources of COPY and ADD name: plain paths, and patterns in Go's syntax, a path element at a time.</summary>
internal static class SourceFinder
{
    /// <summary>The paths in byte order, each there.</summary>
    /// <param name="root">The context, a stage or an image.</param>
    /// <param name="source">As written, expanded.</param>
    /// <param name="isContext">True for the build context, whose border may not be crossed and whose errors name it.</param>
    /// <param name="anyDepth">Whether <c>**</c> is any number of directories (--parents); else it is like <c>*</c>.</param>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when there is nothing.</exception>
    public static IReadOnlyList<UnixPath> Find(RootDirectory root, string source, bool isContext, bool anyDepth = false)
    {
        if (isContext && ContainerPath.LeadsOut(source.TrimStart('/')))
            throw EngineException.Invalid($"forbidden path outside the build context: {source} ()");
        if (!GoFileMatch.HasWildcard(source))
            return [FindOne(root, source, isContext)];
        IEnumerable<UnixPath> found = [UnixPath.Empty];
        foreach (string element in source.Split('/').Where(element => element is not ("" or ".")))
            found = element == "**" && anyDepth ? found.SelectMany(directory => Below(root, directory)) : found.SelectMany(directory => Match(root, directory, element, source));
        UnixPath[] paths = [.. found.Distinct().Where(path => root.Status(path) is not null)];
        return paths.Length > 0 ? paths : throw EngineException.Invalid("no source files were specified");
    }

    /// <summary>A directory and all directories below it; links are not followed.</summary>
    private static IEnumerable<UnixPath> Below(RootDirectory root, UnixPath directory)
    {
        yield return directory;
        if (root.Status(directory, follow: false) is not { IsDirectory: true })
            yield break;
        foreach (UnixPath name in root.Names(directory))
        {
            UnixPath path = directory.Append(name.Bytes);
            if (root.Status(path, follow: false) is not { IsDirectory: true })
                continue;
            foreach (UnixPath deeper in Below(root, path))
                yield return deeper;
        }
    }

    private static UnixPath FindOne(RootDirectory root, string source, bool isContext)
    {
        UnixPath path = ContainerPath.Clean(source);
        if (root.Status(path) is not null)
            return path;
        throw EngineException.Invalid(isContext
            ? $"file not found in build context or excluded by .dockerignore: stat {path}: file does not exist"
            : $"stat /{path}: file does not exist");
    }

    private static IEnumerable<UnixPath> Match(RootDirectory root, UnixPath directory, string element, string source)
    {
        if (root.Status(directory) is not { IsDirectory: true })
            return [];
        try
        {
            return [.. root.Names(directory).Where(name => GoFileMatch.IsMatch(element, name.ToString())).Select(name => directory.Append(name.Bytes))];
        }
        catch (FormatException)
        {
            throw EngineException.Invalid($"syntax error in pattern: {source}");
        }
    }
}
