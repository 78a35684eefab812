using System.Text;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Images.Archives;

/// <summary>
/// The files of an image archive. They come in any order and are read once: every file goes to the content store as it
/// comes, under the lease, and is found again by its name in the archive.
/// </summary>
internal sealed class ArchiveContent
{
    private const string BlobPrefix = "blobs/sha256/";
    private readonly ContentStore content;
    private readonly Leases.Lease lease;
    private readonly Dictionary<string, Descriptor> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> links = new(StringComparer.Ordinal);

    private ArchiveContent(ContentStore content, Leases.Lease lease) => (this.content, this.lease) = (content, lease);

    /// <summary>Reads an archive to its end.</summary>
    internal static ArchiveContent Read(Stream archive, ContentStore content, Leases.Lease lease, CancellationToken cancellationToken)
    {
        var read = new ArchiveContent(content, lease);
        using var reader = new TarReader(archive, decompress: true);
        while (reader.TryNext(out TarEntry? entry))
        {
            cancellationToken.ThrowIfCancellationRequested();
            read.Add(entry, reader);
        }
        return read;
    }

    /// <summary>The blob of a file; null when the archive has none of that name.</summary>
    internal Descriptor? Find(string name)
    {
        string path = Clean(name);
        for (int hops = 0; hops < 8 && links.TryGetValue(path, out string? target); hops++)
            path = target;
        return files.GetValueOrDefault(path);
    }

    /// <summary>The blob with this digest, from the archive or here before.</summary>
    internal Descriptor? Find(Digest digest)
    {
        lease.Add(digest);
        return content.TryGetSize(digest, out long size) ? new Descriptor { MediaType = "", Digest = digest, Size = size } : null;
    }

    /// <summary>A document's bytes; null when the archive has none of that name.</summary>
    internal byte[]? ReadDocument(string name) => Find(name) is { } file ? content.ReadDocument(file.Digest) : null;

    /// <summary>A layer's media type, told by its first bytes.</summary>
    internal string LayerType(Digest digest)
    {
        using FileStream blob = content.OpenRead(digest);
        Span<byte> head = stackalloc byte[4];
        int read = blob.ReadAtLeast(head, 4, throwOnEndOfStream: false);
        return Decompression.TypeOf(head[..read]) ?? throw EngineException.Invalid($"layer {digest} is compressed with something that layers are not compressed with");
    }

    private void Add(TarEntry entry, TarReader reader)
    {
        string path = Clean(entry.Path.ToString());
        if (entry.IsHardLink)
            links[path] = Clean(entry.LinkTarget!.ToString());
        else if (entry.Type == FileType.SymbolicLink)
            links[path] = Resolve(path, entry.LinkTarget!.ToString());
        else if (entry.Type == FileType.Regular)
            files[path] = Ingest(path, entry, reader);
    }

    private Descriptor Ingest(string path, TarEntry entry, TarReader reader)
    {
        Digest? expected = path.StartsWith(BlobPrefix, StringComparison.Ordinal) && Digest.TryParse("sha256:" + path[BlobPrefix.Length..], out Digest named) ? named : null;
        if (expected is { } known)
        {
            lease.Add(known);
            if (content.TryGetSize(known, out long present) && present == entry.Size)
                return new Descriptor { MediaType = "", Digest = known, Size = present };
        }
        using BlobIngest ingest = content.Begin(expected, entry.Size);
        while (reader.TryReadBlock(out ReadOnlySpan<byte> block, out long offset))
        {
            if (offset != ingest.Length)
                throw EngineException.Invalid($"the archive's file {path} has holes");
            ingest.Write(block);
        }
        return new Descriptor { MediaType = "", Digest = ingest.Commit(lease.Add), Size = entry.Size };
    }

    private static string Resolve(string path, string target)
    {
        int slash = path.LastIndexOf('/');
        return Clean(slash < 0 ? target : path[..slash] + "/" + target);
    }

    private static string Clean(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Split('/'))
        {
            if (part == ".." && parts.Count > 0)
                parts.RemoveAt(parts.Count - 1);
            else if (part is not ("" or "." or ".."))
                parts.Add(part);
        }
        return new StringBuilder().AppendJoin('/', parts).ToString();
    }
}
