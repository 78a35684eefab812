using System.IO.Pipelines;
using Argosy.Cli.CommandLine;
using Argosy.Core;

namespace Argosy.Cli.Build;

/// <summary>
/// What is sent to the builder: a directory without what .dockerignore leaves out, or an archive or a Dockerfile from standard input.
/// </summary>
internal sealed class BuildContext : IAsyncDisposable
{
    // Each piece is a call here and a wake-up there.
    private const int PieceSize = 64 * 1024;

    private readonly Stream? stream;
    private readonly ContextPacker? packer;

    private BuildContext(string? dockerfile, Stream? stream, ContextPacker? packer) => (Dockerfile, this.stream, this.packer) = (dockerfile, stream, packer);

    /// <summary>The Dockerfile's path within the context; null leaves the choice to the builder.</summary>
    public string? Dockerfile { get; }

    /// <summary>The address that the engine fetches the context from; null when it is sent.</summary>
    public string? Remote { get; private init; }

    /// <param name="path">A directory, an address that the engine fetches, or "-".</param>
    /// <param name="dockerfile">The Dockerfile's path on this machine, possibly outside of the context; "-" is standard input.</param>
    /// <param name="input">Standard input.</param>
    public static BuildContext Open(string path, string? dockerfile, Stream input)
    {
        if (path.Contains("://", StringComparison.Ordinal) || path.StartsWith("git@", StringComparison.Ordinal))
            return new BuildContext(dockerfile, Stream.Null, null) { Remote = path };
        if (path == "-")
            return dockerfile == "-" ? throw new CliException("invalid argument: can't use stdin for both build context and dockerfile") : FromInput(input, dockerfile);
        if (!Directory.Exists(path))
            throw new CliException(File.Exists(path) ? $"unable to prepare context: context must be a directory: {path}" : $"unable to prepare context: path \"{path}\" not found");
        string root = Path.GetFullPath(path);
        if (dockerfile == "-")
            return WithForeign(root, ReadAll(input));
        string file = Locate(root, dockerfile);
        string relative = Path.GetRelativePath(root, file);
        return relative.StartsWith("..", StringComparison.Ordinal)
            ? WithForeign(root, File.ReadAllBytes(file))
            : new BuildContext(relative, null, new ContextPacker(root, Ignored(root, relative), [".dockerignore", relative, relative + ".dockerignore"]));
    }

    /// <summary>Of a directory only what a check looks at: the Dockerfile, and what is left out.</summary>
    public static BuildContext OpenForCheck(string path, string? dockerfile, Stream input)
    {
        BuildContext whole = Open(path, dockerfile, input);
        return whole.packer is null ? whole : new BuildContext(whole.Dockerfile, null, whole.packer.WithoutFiles());
    }

    /// <summary>A directory without any Dockerfile: a named context.</summary>
    public static BuildContext OpenDirectory(string path)
    {
        string root = Path.GetFullPath(path);
        return new BuildContext(null, null, new ContextPacker(root, Ignored(root, null), []));
    }

    /// <summary>A directory, and a Dockerfile that is no file.</summary>
    public static BuildContext OpenInline(string path, byte[] dockerfile) => Directory.Exists(path)
        ? WithForeign(Path.GetFullPath(path), dockerfile)
        : throw new CliException($"unable to prepare context: path \"{path}\" not found");

    /// <summary>Packs while it is sent: the two sides run beside each other.</summary>
    public async Task SendAsync(Func<Stream, Task> send, CancellationToken cancellationToken)
    {
        if (packer is null)
        {
            await send(stream!);
            return;
        }
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 1 << 20, resumeWriterThreshold: 1 << 19, minimumSegmentSize: PieceSize));
        Task packing = Task.Run(() => PackAsync(pipe.Writer, cancellationToken), cancellationToken);
        try
        {
            await send(pipe.Reader.AsStream());
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
        }
        await packing;
    }

    public ValueTask DisposeAsync() => stream?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A failure to pack becomes a failure of the request that reads the pipe.</summary>
    private async Task PackAsync(PipeWriter writer, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await using Stream target = writer.AsStream(leaveOpen: true);
            packer!.Pack(target, cancellationToken);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            failure = caught;
        }
        await writer.CompleteAsync(failure);
    }

    /// <summary>-f is relative to the working directory, and else to the context.</summary>
    private static string Locate(string root, string? dockerfile)
    {
        string file = Path.GetFullPath(dockerfile ?? Path.Combine(root, "Dockerfile"));
        if (File.Exists(file))
            return file;
        if (dockerfile is not null && File.Exists(Path.Combine(root, dockerfile)))
            return Path.Combine(root, dockerfile);
        throw new CliException($"unable to prepare context: unable to evaluate symlinks in Dockerfile path: lstat {file}: no such file or directory");
    }

    /// <summary>Standard input is an archive, or a Dockerfile with no context at all.</summary>
    private static BuildContext FromInput(Stream input, string? dockerfile)
    {
        byte[] head = new byte[512];
        int length = input.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        var whole = new PrefixedStream(head.AsMemory(0, length), input);
        if (IsArchive(head.AsSpan(0, length)))
            return new BuildContext(dockerfile, whole, null);
        var packer = new ContextPacker(null, IgnorePatterns.Read(""), []) { Dockerfile = ("Dockerfile", ReadAll(whole)) };
        return new BuildContext("Dockerfile", null, packer);
    }

    /// <summary>The Dockerfile is not in the context: it is added under a name that nothing else has.</summary>
    private static BuildContext WithForeign(string root, byte[] content)
    {
        string name = ".dockerfile." + RandomId.Next()[..20];
        return new BuildContext(name, null, new ContextPacker(root, Ignored(root, null), [".dockerignore"]) { Dockerfile = (name, content) });
    }

    /// <summary>A file <c>NAME.dockerignore</c> beside the Dockerfile comes before the context's own.</summary>
    private static IgnorePatterns Ignored(string root, string? dockerfile)
    {
        string[] candidates = dockerfile is null ? [".dockerignore"] : [dockerfile + ".dockerignore", ".dockerignore"];
        string? path = candidates.Select(name => Path.Combine(root, name)).FirstOrDefault(File.Exists);
        return IgnorePatterns.Read(path is null ? "" : File.ReadAllText(path));
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }

    /// <summary>"ustar" at its place, or the magic numbers of gzip, bzip2, xz and zstd.</summary>
    private static bool IsArchive(ReadOnlySpan<byte> head) =>
        (head.Length > 262 && head.Slice(257, 5).SequenceEqual("ustar"u8)) || head.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b])
        || head.StartsWith("BZh"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xfd, 0x37, 0x7a, 0x58, 0x5a]) || head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xb5, 0x2f, 0xfd]);
}
