using Argosy.Core;
using Argosy.Engine.Archives;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;
using Argosy.Volumes;

namespace Argosy.Engine.Volumes;

/// <summary>Files in and out of volumes as tar streams, with no container in between. Links are resolved inside the volume.</summary>
public sealed class VolumeArchive(VolumeService volumes)
{
    /// <summary>What is at a path.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>: the volume, or the path in it.</exception>
    public async Task<PathStatus> StatusAsync(string name, string path, CancellationToken cancellationToken)
    {
        await using VolumeUse use = await volumes.Store.UseAsync(name, cancellationToken);
        using RootedPath found = Find(use, name, path);
        return PathArchive.StatusOf(found, path);
    }

    /// <summary>Writes a file, or a directory with everything in it, as a tar.</summary>
    /// <param name="begin">Called with the status before the first byte.</param>
    public async Task ReadAsync(string name, string path, Func<PathStatus, Stream> begin, CancellationToken cancellationToken)
    {
        await using VolumeUse use = await volumes.Store.UseAsync(name, cancellationToken);
        using RootedPath found = Find(use, name, path);
        await PathArchive.PackAsync(found, path, begin(PathArchive.StatusOf(found, path)), cancellationToken);
    }

    /// <summary>Extracts a tar (plain or compressed) into a directory of the volume.</summary>
    /// <exception cref="EngineException">The path is no directory, or nothing; or the archive is damaged.</exception>
    public async Task WriteAsync(string name, string path, Stream tar, ArchiveWrite options, CancellationToken cancellationToken)
    {
        if (options.OwnedByUser)
            throw EngineException.Invalid("a volume has no user: copyUIDGID is for containers");
        await using VolumeUse use = await volumes.Store.UseAsync(name, cancellationToken);
        using RootedPath named = Find(use, name, path);
        PathArchive.RequireDirectory(named);
        using RootedPath found = Find(use, name, path.TrimEnd('/') + "/.");
        await PathArchive.ExtractAsync(tar, found.HostPath, new ExtractOptions { Links = LinkPolicy.ResolveInRoot, KeepDirectories = options.KeepDirectories }, cancellationToken);
    }

    /// <summary>Everything in a volume as a tar, its own directory's owner and permissions with it (<c>./</c>), times to the nanosecond.</summary>
    public async Task ExportAsync(string name, Func<Stream> begin, CancellationToken cancellationToken)
    {
        await using VolumeUse use = await volumes.Store.UseAsync(name, cancellationToken);
        await PathArchive.PackAsync(use.Path, ".", new PackOptions { IncludeRoot = true }, begin(), cancellationToken);
    }

    /// <summary>Makes a volume's content that of a tar, all of it or nothing; a volume that is missing is made.</summary>
    /// <param name="overwrite">True: what the volume holds gives way; false: it must be empty.</param>
    /// <returns>The volume.</returns>
    public async Task<VolumeRecord> ImportAsync(string name, bool overwrite, Stream tar, CancellationToken cancellationToken)
    {
        Task Fill(string directory) => PathArchive.ExtractAsync(tar, directory, new ExtractOptions { Links = LinkPolicy.ResolveInRoot }, cancellationToken);
        if (!volumes.Store.TryFind(name, out VolumeRecord? existing))
            return await volumes.CreateFilledAsync(new VolumeRequest { Name = name }, Fill, cancellationToken);
        await volumes.Store.ReplaceAsync(name, overwrite, Fill, cancellationToken);
        return existing;
    }

    private static RootedPath Find(VolumeUse use, string name, string path) =>
        RootedPath.TryOpen(use.Path, path) ?? throw EngineException.NotFound($"Could not find the file {path} in volume {name}");
}
