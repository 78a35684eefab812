using System.Diagnostics.CodeAnalysis;

namespace Argosy.Compose;

/// <summary>Which files make up a project.</summary>
internal static class ProjectFiles
{
    private static readonly string[] Names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"];
    private static readonly string[] OverrideNames = ["compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml"];

    /// <summary><c>-f</c>, else COMPOSE_FILE, else the default files of this directory or the nearest one above it.</summary>
    internal static IReadOnlyList<string> Find(ComposeOptions options, Func<string, string?> lookup)
    {
        string baseDirectory = options.ProjectDirectory is { } directory ? Path.GetFullPath(directory, options.WorkingDirectory) : options.WorkingDirectory;
        if (options.Files.Count > 0)
            return [.. options.Files.Select(file => Existing(file, options.WorkingDirectory))];
        if (lookup("COMPOSE_FILE") is { Length: > 0 } list)
            return [.. list.Split(lookup("COMPOSE_PATH_SEPARATOR") ?? ":", StringSplitOptions.RemoveEmptyEntries).Select(file => Existing(file, baseDirectory))];
        return TryDiscover(baseDirectory, out IReadOnlyList<string>? found)
            ? found
            : throw new ComposeException("no configuration file provided: not found");
    }

    internal static bool TryDiscover(string directory, [NotNullWhen(true)] out IReadOnlyList<string>? files)
    {
        for (string? current = directory; current is not null; current = Path.GetDirectoryName(current))
        {
            string? main = FirstIn(current, Names);
            if (main is null)
                continue;
            string? over = FirstIn(current, OverrideNames);
            files = over is null ? [main] : [main, over];
            return true;
        }
        files = null;
        return false;
    }

    private static string? FirstIn(string directory, string[] names) =>
        names.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    private static string Existing(string file, string baseDirectory)
    {
        if (file == "-")
            return file;
        string path = Path.GetFullPath(file, baseDirectory);
        return File.Exists(path) ? path : throw new ComposeException($"open {path}: no such file or directory");
    }
}
