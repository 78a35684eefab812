using Argosy.Cli.Archives;
using Argosy.Core;
using Argosy.Linux.Archives;

namespace Argosy.Cli.Build;

/// <summary>Packs a build context. Owners do not count in a context: everything belongs to root.</summary>
/// <param name="root">The directory; null packs no files.</param>
/// <param name="ignored">What stays out.</param>
/// <param name="always">What the builder needs whatever is ignored: the Dockerfile and .dockerignore themselves.</param>
internal sealed class ContextPacker(string? root, IgnorePatterns ignored, IReadOnlyList<string> always)
{
    /// <summary>A Dockerfile that is not among the files.</summary>
    public (string Name, byte[] Content)? Dockerfile { get; init; }

    private bool HasFiles { get; init; } = true;

    /// <summary>The same without what the builder could do without.</summary>
    public ContextPacker WithoutFiles() => new(root, ignored, always) { Dockerfile = Dockerfile, HasFiles = false };

    public void Pack(Stream target, CancellationToken cancellationToken)
    {
        using var writer = new TarWriter(target);
        var files = new FilePacker(writer, cancellationToken) { OwnedByRoot = true };
        if (root is not null)
            PackDirectory(files, root, "");
        if (Dockerfile is { } file)
            files.AddContent(file.Name, file.Content);
        writer.Finish();
    }

    private void PackDirectory(FilePacker files, string directory, string prefix)
    {
        foreach (FileSystemInfo entry in new DirectoryInfo(directory).EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            string name = prefix + entry.Name;
            bool isDirectory = entry.Attributes.HasFlag(FileAttributes.Directory) && entry.LinkTarget is null;
            bool isIgnored = (!HasFiles || ignored.IsIgnored(name)) && !always.Contains(name);
            if (!isIgnored)
                files.Add(entry.FullName, name);
            // An ignored directory may hold what an exception takes back, or the Dockerfile.
            if (isDirectory && (!isIgnored || (HasFiles && ignored.HasExceptions) || always.Any(path => path.StartsWith(name + "/", StringComparison.Ordinal))))
                PackDirectory(files, entry.FullName, name + "/");
        }
    }
}
