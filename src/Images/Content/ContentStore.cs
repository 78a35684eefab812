using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Argosy.Core;
using Argosy.Images.Checks;
using Argosy.Images.Manifests;
using Argosy.Linux.Files;

namespace Argosy.Images.Content;

/// <summary>
/// All blobs, as an OCI image layout: <c>oci-layout</c>, <c>index.json</c>, <c>blobs/sha256/…</c>. A blob is there whole and
/// verified, or not at all: it is written beside and renamed. Blobs are kept as they came.
/// </summary>
public sealed class ContentStore
{
    private readonly string blobs;
    private readonly string ingest;
    private readonly Trash trash;
    private readonly ConcurrentDictionary<string, byte> unfinished = new(StringComparer.Ordinal);

    /// <summary>Opens or creates the layout.</summary>
    public ContentStore(DaemonPaths paths, Trash trash)
    {
        this.trash = trash;
        Root = paths.Content;
        blobs = Path.Combine(Root, "blobs", "sha256");
        ingest = Path.Combine(Root, "ingest");
        Directory.CreateDirectory(blobs);
        Directory.CreateDirectory(ingest);
        string layout = Path.Combine(Root, "oci-layout");
        if (!File.Exists(layout))
            AtomicFile.Write(layout, JsonSerializer.SerializeToUtf8Bytes(new OciLayout(), ManifestJson.Wire.OciLayout));
    }

    /// <summary>The layout's directory.</summary>
    public string Root { get; }

    /// <summary>Where a blob is, or would be.</summary>
    public string PathOf(Digest digest) => Path.Combine(blobs, digest.Hex);

    /// <summary>True when the blob is here.</summary>
    public bool Has(Digest digest) => File.Exists(PathOf(digest));

    /// <summary>The blob's size in bytes; false when it is not here.</summary>
    public bool TryGetSize(Digest digest, out long size)
    {
        var file = new FileInfo(PathOf(digest));
        size = file.Exists ? file.Length : 0;
        return file.Exists;
    }

    /// <summary>Opens a blob for reading from start to end.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/> when it is not here.</exception>
    public FileStream OpenRead(Digest digest)
    {
        try
        {
            return new FileStream(PathOf(digest), new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 0 });
        }
        catch (FileNotFoundException)
        {
            throw EngineException.NotFound($"content {digest} is missing");
        }
    }

    /// <summary>Reads a document (a manifest, a configuration) whole.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/> when it is not here.</exception>
    public byte[] ReadDocument(Digest digest)
    {
        using FileStream stream = OpenRead(digest);
        if (stream.Length > Documents.SizeLimit)
            throw EngineException.Invalid($"content {digest} is longer than {Documents.SizeLimit} bytes");
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Stores a document; one that is here already stays.</summary>
    public Digest Put(ReadOnlySpan<byte> content)
    {
        Digest digest = Digest.Of(content);
        if (Has(digest))
            return digest;
        using BlobIngest writer = Begin(digest, content.Length);
        writer.Write(content);
        writer.Commit();
        return digest;
    }

    /// <summary>Begins to store a blob.</summary>
    /// <param name="expected">Its digest, null when it is yet to be found out.</param>
    /// <param name="size">Its size in bytes, null when unknown.</param>
    public BlobIngest Begin(Digest? expected = null, long? size = null)
    {
        string path = Path.Combine(ingest, RandomId.Next());
        unfinished[path] = 0;
        return new BlobIngest(this, path, expected, size);
    }

    /// <summary>All blobs.</summary>
    public IEnumerable<Digest> All()
    {
        foreach (string path in Directory.EnumerateFiles(blobs))
        {
            if (TryParse(Path.GetFileName(path), out Digest digest))
                yield return digest;
        }
    }

    /// <summary>Deletes a blob; a missing one is no error. Only the garbage collector decides to.</summary>
    internal void Delete(Digest digest) => File.Delete(PathOf(digest));

    /// <summary>What lies in the layout and is neither a blob, nor the layout's own, nor in the making.</summary>
    internal IEnumerable<Stray> Strays()
    {
        string[] own = ["oci-layout", "index.json", "blobs", "ingest"];
        // A document that is being written anew lies beside it for a moment.
        IEnumerable<string> odd = Directory.EnumerateFileSystemEntries(Root)
            .Where(path => !own.Contains(Path.GetFileName(path)) && !Path.GetFileName(path).StartsWith("index.json.tmp-", StringComparison.Ordinal))
            .Concat(Directory.EnumerateFileSystemEntries(Path.Combine(Root, "blobs")).Where(path => path != blobs))
            .Concat(Directory.EnumerateFileSystemEntries(blobs).Where(path => !TryParse(Path.GetFileName(path), out _)));
        // What is being written is noted before it is made, and forgotten after it is gone.
        return odd.Select(path => new Stray(path, "an image layout has no such file", FileTree.SumOfSizes(path))).Concat(
            Directory.EnumerateFileSystemEntries(ingest).Where(path => !unfinished.ContainsKey(path) && FileTree.Status(path) is not null)
                .Select(path => new Stray(path, "nobody is writing it", FileTree.SumOfSizes(path))));
    }

    /// <summary>An ingest has ended; its file is a blob now, or gone.</summary>
    internal void EndUnfinished(string path) => unfinished.TryRemove(path, out _);

    /// <summary>Takes away what a killed daemon left half written. Nothing may be under way.</summary>
    internal void DiscardUnfinished()
    {
        foreach (string path in Directory.EnumerateFileSystemEntries(ingest).Concat(Directory.EnumerateFiles(Root, "*.tmp-*")))
            trash.Add(path);
    }

    private static bool TryParse(string hex, [NotNullWhen(true)] out Digest digest) => Digest.TryParse("sha256:" + hex, out digest);
}
