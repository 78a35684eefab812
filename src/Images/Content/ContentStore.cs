using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Argosy.Core;
using Argosy.Images.Manifests;

namespace Argosy.Images.Content;

/// <summary>
/// All blobs, as an OCI image layout: <c>oci-layout</c>, <c>index.json</c>, <c>blobs/sha256/…</c>. A blob is there whole and
/// verified, or not at all: it is written beside and renamed. Blobs are kept as they came.
/// </summary>
public sealed class ContentStore
{
    private readonly string blobs;
    private readonly string ingest;

    /// <summary>Opens or creates the layout.</summary>
    public ContentStore(DaemonPaths paths)
    {
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
    public BlobIngest Begin(Digest? expected = null, long? size = null) => new(this, Path.Combine(ingest, RandomId.Next()), expected, size);

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

    /// <summary>Removes what a killed daemon left half written. Nothing may be under way.</summary>
    internal void DiscardUnfinished()
    {
        foreach (string path in Directory.EnumerateFiles(ingest))
            File.Delete(path);
    }

    private static bool TryParse(string hex, [NotNullWhen(true)] out Digest digest) => Digest.TryParse("sha256:" + hex, out digest);
}
