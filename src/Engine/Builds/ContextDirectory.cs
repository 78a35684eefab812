using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Linux.Archives;

namespace Argosy.Engine.Builds;

/// <summary>Unpacks build contexts. What a killed daemon leaves of them is removed by <see cref="BuildRecovery"/>, which goes by the name.</summary>
internal static class ContextDirectory
{
    public static string NewPath(DaemonPaths paths) => Path.Combine(paths.Temporary, "build-" + RandomId.Next()[..24]);

    /// <summary>Makes an empty one.</summary>
    public static void Create(string directory)
    {
        // Readable by all, as dockerd's is: a step that has it mounted may run as anybody. Nobody else gets through the data root.
        Directory.CreateDirectory(directory);
        File.SetUnixFileMode(directory, (UnixFileMode)0x1ed);
    }

    /// <summary>The extractor reads synchronously: it gets a thread that may wait.</summary>
    public static async Task UnpackAsync(Stream archive, string directory, CancellationToken cancellationToken)
    {
        Create(directory);
        await using Stream blocking = new BlockingStream(archive, cancellationToken);
        await BlockingStream.RunAsync(() => Unpack(blocking, directory, cancellationToken), cancellationToken);
    }

    private static ExtractResult Unpack(Stream archive, string directory, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new TarReader(archive, decompress: true);
            return TarExtractor.Extract(reader, directory, new ExtractOptions { Links = LinkPolicy.ResolveInRoot, Owner = (0, 0) }, cancellationToken);
        }
        catch (ArchiveException exception)
        {
            throw EngineException.Invalid($"Error processing tar file: {exception.Message}");
        }
    }
}
