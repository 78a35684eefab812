using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using Argosy.Testing;

namespace Argosy.CompatTests.DockerCli;

/// <summary>The cases of <see cref="DockerfileTests"/> on disk, and what is compared of their files.</summary>
internal static class DockerfileCase
{
    // dockerd puts these, and an /etc to hold them, into every container; they are no files of the image.
    private static readonly string[] Own = ["dockerenv", "dev", "proc", "sys", "etc/hosts", "etc/hostname", "etc/resolv.conf", "etc/mtab"];

    public static IEnumerable<string> Names => Directory.EnumerateDirectories(Root).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private static string Root => Path.Combine(AppContext.BaseDirectory, "dockerfiles");

    /// <summary>A file of the case; null when it has none.</summary>
    public static string? Read(string name, string file)
    {
        string path = Path.Combine(Root, name, file);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    public static async Task MakeContextAsync(string name, string directory)
    {
        await Shell.ShAsync($"cd {directory} && umask 022 && {Read(name, "context") ?? "true"}");
        File.Copy(Path.Combine(Root, name, "Dockerfile"), Path.Combine(directory, "Dockerfile"));
    }

    /// <summary>A line per file: path, type, mode, owner, what it links to, and a digest of its content.</summary>
    public static async Task<IReadOnlyCollection<string>> ListAsync(string archive)
    {
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        await using FileStream file = File.OpenRead(archive);
        await using var reader = new TarReader(file);
        while (await reader.GetNextEntryAsync() is { } entry)
        {
            string path = entry.Name.Trim('/').TrimStart('.', '/');
            if (path.Length == 0 || Own.Any(own => path is "etc" || path == own || path.StartsWith(own + "/", StringComparison.Ordinal)))
                continue;
            string content = entry.DataStream is { } data ? Convert.ToHexStringLower(await SHA256.HashDataAsync(data))[..12] : "";
            string kind = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile ? "File" : entry.EntryType.ToString();
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{path} {kind} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.LinkName} {content}"));
        }
        return lines;
    }
}
