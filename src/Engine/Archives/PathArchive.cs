using Argosy.Core;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Engine.Archives;

/// <summary>A path of a container or volume as a tar stream (Engine API, ContainerArchive), and back.</summary>
internal static class PathArchive
{
    /// <summary>What is there, under the name that the client wrote.</summary>
    internal static PathStatus StatusOf(RootedPath found, string path) => new(
        BaseName(path), found.Status.Size, found.Status.Type, found.Status.Permissions, found.Status.Modified.ToDateTimeOffset(), found.LinkTarget);

    /// <summary>Packs a file, or a directory with everything in it.</summary>
    internal static Task PackAsync(RootedPath found, string path, Stream target, CancellationToken cancellationToken)
    {
        string name = BaseName(path);
        // dockerd's archives have whole seconds too, and clients are written for those: Docker.DotNet's streams cannot be read for what .NET's reader does with extended headers.
        return PackAsync(found.HostPath, name, new PackOptions { IncludeRoot = name.Length > 0, WholeSeconds = true }, target, cancellationToken);
    }

    /// <summary>Packs a tree of the host's.</summary>
    internal static Task PackAsync(string hostPath, string name, PackOptions options, Stream target, CancellationToken cancellationToken) => Task.Run(() =>
    {
        using var writer = new TarWriter(target);
        TreePacker.Pack(writer, hostPath, name, options, cancellationToken);
        writer.Finish();
    }, cancellationToken);

    /// <summary>Refuses what nothing can be extracted into. The directory behind a link is meant, but a file is told from nothing.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>.</exception>
    internal static void RequireDirectory(RootedPath named)
    {
        if (!named.Status.IsDirectory && named.Status.Type != FileType.SymbolicLink)
            throw EngineException.Invalid("extraction point is not a directory");
    }

    /// <summary>Extracts a tar, plain or compressed.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/>: the archive is damaged or hostile.</exception>
    internal static async Task ExtractAsync(Stream tar, string directory, ExtractOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(() =>
            {
                using var reader = new TarReader(tar, decompress: true);
                TarExtractor.Extract(reader, directory, options, cancellationToken);
            }, cancellationToken);
        }
        catch (ArchiveException exception)
        {
            throw EngineException.Invalid(exception.Message);
        }
    }

    /// <summary>The archive's top entry: the last component as the client wrote it ("." for a directory's content).</summary>
    private static string BaseName(string path)
    {
        string trimmed = path.TrimEnd('/');
        return trimmed.Length == 0 ? "/" : trimmed[(trimmed.LastIndexOf('/') + 1)..];
    }
}
