using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Linux;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;
using Argosy.Linux.Mounts;

namespace Argosy.Engine.Builds;

/// <summary>Unpacks build contexts. What a killed daemon leaves of them is removed by <see cref="BuildRecovery"/>, which goes by the name.</summary>
internal static class ContextDirectory
{
    // A context up to here is unpacked in memory; what it unfolds to may be four times as much.
    private const int LargestKept = 16 << 20;

    public static string NewPath(DaemonPaths paths) => Path.Combine(paths.Temporary, "build-" + RandomId.Next()[..24]);

    /// <summary>Makes an empty one.</summary>
    public static void Create(string directory)
    {
        // Readable by all, as dockerd's is: a step that has it mounted may run as anybody. Nobody else gets through the data root.
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, (UnixFileMode)0x1ed);
    }

    /// <summary>Removes one, in memory or not.</summary>
    public static void Remove(string directory)
    {
        MountCalls.TryUnmount(directory, UnmountFlags.NoFollow | UnmountFlags.Detach);
        FileTree.Remove(directory);
    }

    /// <summary>The extractor reads synchronously: it gets a thread that may wait.</summary>
    public static async Task UnpackAsync(Stream archive, string directory, CancellationToken cancellationToken)
    {
        Create(directory);
        await using Stream blocking = new BlockingStream(archive, cancellationToken) { Fills = true };
        await BlockingStream.RunAsync(() => Unpack(blocking, directory, new ExtractOptions(), cancellationToken), cancellationToken);
    }

    /// <summary>
    /// As <see cref="UnpackAsync"/>, but a small context is unpacked into a file system in memory, to be removed with <see cref="Remove"/>:
    /// it is read once or twice and then thrown away. ext4 without a journal does not use a deleted file's inode again for a minute or more, and
    /// looks through all of them for each new one: builds of thousands of files, one soon after the other, spent most of their time there.
    /// </summary>
    public static async Task UnpackInMemoryAsync(Stream archive, string directory, CancellationToken cancellationToken)
    {
        Create(directory);
        await using Stream blocking = new BlockingStream(archive, cancellationToken) { Fills = true };
        await using var kept = new KeptStream(blocking, LargestKept);
        await BlockingStream.RunAsync(() => TryUnpackInMemory(kept, directory, cancellationToken) ?? UnpackAgain(kept, directory, cancellationToken), cancellationToken);
    }

    /// <returns>Null when it is too large, or has what a file system in memory cannot have (before Linux 6.6: attributes of users).</returns>
    private static ExtractResult? TryUnpackInMemory(KeptStream archive, string directory, CancellationToken cancellationToken)
    {
        MountCalls.Mount("tmpfs", directory, "tmpfs", MountFlags.None, "mode=0755,size=64m,nr_inodes=64k");
        try
        {
            return Unpack(archive, directory, new ExtractOptions { RequireAttributes = true }, cancellationToken);
        }
        catch (Exception exception) when (exception is KeptStream.BoundReachedException or LinuxException { Error: Errno.NoSpace or Errno.NotSupported })
        {
            return null;
        }
    }

    private static ExtractResult UnpackAgain(KeptStream archive, string directory, CancellationToken cancellationToken)
    {
        MountCalls.Unmount(directory);
        archive.BeginAgain();
        return Unpack(archive, directory, new ExtractOptions(), cancellationToken);
    }

    private static ExtractResult Unpack(Stream archive, string directory, ExtractOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new TarReader(archive, decompress: true);
            return TarExtractor.Extract(reader, directory, options with { Links = LinkPolicy.ResolveInRoot, Owner = (0, 0) }, cancellationToken);
        }
        catch (ArchiveException exception)
        {
            throw EngineException.Invalid($"Error processing tar file: {exception.Message}");
        }
    }
}
