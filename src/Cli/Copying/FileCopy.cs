using System.IO.Pipelines;
using Argosy.Cli.Archives;
using Argosy.Cli.CommandLine;
using Argosy.Cli.Session;
using Argosy.Client;
using Argosy.Contract.Containers;
using Argosy.Linux.Archives;

namespace Argosy.Cli.Copying;

/// <summary>
/// Copies between a container or volume (the side) and this machine by cp's rules: a directory goes into a directory that exists, and becomes one that
/// does not; <c>SRC/.</c> is the content without the directory.
/// </summary>
internal sealed class FileCopy(CliSession session, ICopySide side)
{
    private const long DirectoryBit = 1L << 31;
    private const long LinkBit = 1L << 27;

    /// <summary>Keeps users and groups by number.</summary>
    public bool KeepsOwners { get; init; }

    /// <summary>Takes what a symbolic link points to, in place of the link.</summary>
    public bool FollowsLinks { get; init; }

    /// <summary>How much was copied.</summary>
    public long Bytes { get; private set; }

    public async Task FromSideAsync(string source, string target, CancellationToken cancellationToken)
    {
        source = await ResolveAsync(source, FollowsLinks, cancellationToken);
        using FileArchive archive = await side.GetAsync(source, cancellationToken);
        if (target == "-")
        {
            if (session.Streams.OutputIsTerminal)
                throw new CliException("cowardly refusing to copy to a terminal. Redirect, or name a path");
            await archive.Content.CopyToAsync(session.Streams.Output, cancellationToken);
            return;
        }
        bool isDirectory = (archive.Stat.Mode & DirectoryBit) != 0;
        bool takesContent = isDirectory && IsContentOf(source);
        LocalTarget local = LocalTarget.For(target, archive.Stat.Name, isDirectory, takesContent);
        Bytes = await Task.Run(() => Unpacking.Extract(archive.Content, archive.Stat.Name, local, KeepsOwners, cancellationToken), cancellationToken);
    }

    public async Task ToSideAsync(string source, string target, CancellationToken cancellationToken)
    {
        if (source == "-")
        {
            await RequireDirectoryAsync(target, cancellationToken);
            await side.PutAsync(target, session.Streams.Input, KeepsOwners, cancellationToken);
            return;
        }
        string path = FollowsLinks && new FileInfo(source).ResolveLinkTarget(returnFinalTarget: true) is { } final ? final.FullName : source;
        bool isDirectory = Directory.Exists(path) && new FileInfo(path.TrimEnd('/')).LinkTarget is null;
        if (!isDirectory && !File.Exists(path) && new FileInfo(path).LinkTarget is null)
            throw new CliException($"lstat {Path.GetFullPath(source)}: no such file or directory");
        (string directory, string name) = await PlaceAsync(target, LastName(path), isDirectory, isDirectory && IsContentOf(source), cancellationToken);
        await SendAsync(path, name, directory, cancellationToken);
    }

    /// <summary>The directory of the side that is unpacked into, and the name that the source gets in it.</summary>
    private async Task<(string Directory, string Name)> PlaceAsync(
        string target, string sourceName, bool isDirectory, bool takesContent, CancellationToken cancellationToken)
    {
        string resolved = await ResolveAsync(target, follow: true, cancellationToken);
        ContainerPathStat? stat = await side.StatAsync(resolved, cancellationToken);
        bool exists = stat is not null;
        bool targetIsDirectory = stat is not null && (stat.Mode & DirectoryBit) != 0;
        if (targetIsDirectory)
            return (resolved, takesContent ? "." : sourceName);
        if (isDirectory && exists)
            throw new CliException("cannot copy directory");
        if (!isDirectory && target.EndsWith('/'))
            throw new CliException($"no such directory: {target}");
        string clean = resolved.TrimEnd('/');
        int slash = clean.LastIndexOf('/');
        return (slash <= 0 ? "/" : clean[..slash], clean[(slash + 1)..]);
    }

    private async Task SendAsync(string path, string name, string directory, CancellationToken cancellationToken)
    {
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19));
        Task packing = Task.Run(() => PackAsync(pipe.Writer, path, name, cancellationToken), cancellationToken);
        try
        {
            await side.PutAsync(directory, pipe.Reader.AsStream(), KeepsOwners, cancellationToken);
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
        }
        await packing;
    }

    private async Task PackAsync(PipeWriter pipe, string path, string name, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await using Stream stream = pipe.AsStream(leaveOpen: true);
            using var writer = new TarWriter(stream);
            var files = new FilePacker(writer, cancellationToken) { OwnedByRoot = !KeepsOwners };
            files.AddTree(path.Length > 1 ? path.TrimEnd('/') : path, name);
            writer.Finish();
            Bytes = files.Bytes;
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            failure = caught;
        }
        await pipe.CompleteAsync(failure);
    }

    private async Task RequireDirectoryAsync(string target, CancellationToken cancellationToken)
    {
        string resolved = await ResolveAsync(target, follow: true, cancellationToken);
        ContainerPathStat? stat = await side.StatAsync(resolved, cancellationToken);
        if (stat is null || (stat.Mode & DirectoryBit) == 0)
            throw new CliException($"destination \"{side.Name}:{target}\" must be a directory");
    }

    private async Task<string> ResolveAsync(string path, bool follow, CancellationToken cancellationToken)
    {
        string absolute = path.StartsWith('/') ? path : "/" + path;
        if (!follow)
            return absolute;
        ContainerPathStat? stat = await side.StatAsync(absolute, cancellationToken);
        if (stat is null || (stat.Mode & LinkBit) == 0)
            return absolute;
        return stat.LinkTarget.StartsWith('/') ? stat.LinkTarget : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(absolute) ?? "/", stat.LinkTarget));
    }

    private static bool IsContentOf(string path) => path == "." || path.EndsWith("/.", StringComparison.Ordinal);

    private static string LastName(string path) => Path.GetFileName(Path.GetFullPath(path).TrimEnd('/'));
}
