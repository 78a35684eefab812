using Argosy.Testing;

namespace Argosy.Architecture.Tests;

/// <summary>The files of src/, and of the whole repository.</summary>
internal static class SourceTree
{
    internal static string Src { get; } = Path.Combine(Repository.Root, "src");

    internal static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Src, "*.cs", SearchOption.AllDirectories).Where(path => !IsOutput(path));

    internal static string Relative(string path) => Path.GetRelativePath(Repository.Root, path);

    private static bool IsOutput(string path) =>
        path.Contains("/obj/", StringComparison.Ordinal) || path.Contains("/bin/", StringComparison.Ordinal);
}
