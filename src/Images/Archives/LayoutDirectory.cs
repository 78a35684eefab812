using System.Text.Json;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Linux.Copying;
using Argosy.Linux.Files;

namespace Argosy.Images.Archives;

/// <summary>An OCI image layout in a directory (OCI image spec, image-layout.md) that is not the content store's own: one that comes from, or goes to, somebody else.</summary>
/// <param name="path">The directory.</param>
public sealed class LayoutDirectory(string path)
{
    /// <summary>Reads the index.</summary>
    /// <exception cref="EngineException">There is none, or it is no index.</exception>
    public ImageIndex ReadIndex() => Documents.ParseIndex(ReadFile("index.json", "index.json"));

    /// <summary>Reads a document whole, and verifies it.</summary>
    /// <exception cref="EngineException">It is missing, too long, or not what its digest says.</exception>
    public byte[] ReadDocument(Digest digest)
    {
        byte[] bytes = ReadFile(digest.ToString(), "blobs", "sha256", digest.Hex);
        return Digest.Of(bytes) == digest ? bytes : throw EngineException.Invalid($"verification failed for digest {digest}");
    }

    /// <summary>Opens a blob. Its digest is the reader's to verify.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.NotFound"/>.</exception>
    public FileStream OpenRead(Digest digest)
    {
        return Open(digest.ToString(), "blobs", "sha256", digest.Hex);
    }

    /// <summary>Adds a document.</summary>
    public Descriptor Add(byte[] document, string mediaType)
    {
        var descriptor = new Descriptor { MediaType = mediaType, Digest = Digest.Of(document), Size = document.Length };
        string target = Prepare(descriptor.Digest);
        using var file = new FileStream(target, FileMode.Create, FileAccess.Write);
        file.Write(document);
        return descriptor;
    }

    /// <summary>Adds a blob of the content store, as one more name of its file: nothing is copied, and the store may forget its own.</summary>
    public void Link(ContentStore content, Digest digest) => HardLink.Create(content.PathOf(digest), Prepare(digest));

    /// <summary>Adds a blob that comes as a stream; its digest is the reader's to verify.</summary>
    public async Task CopyAsync(Stream source, Digest digest, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(Prepare(digest), FileMode.Create, FileAccess.Write);
        await source.CopyToAsync(file, cancellationToken);
    }

    /// <summary>Writes the index and the layout's mark; the last thing to do.</summary>
    public void Finish(Descriptor manifest)
    {
        var index = new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = [manifest] };
        Write("index.json", JsonSerializer.SerializeToUtf8Bytes(index, ManifestJson.Wire.ImageIndex));
        Write("oci-layout", JsonSerializer.SerializeToUtf8Bytes(new OciLayout(), ManifestJson.Wire.OciLayout));
    }

    private string PathOf(Digest digest) => Path.Combine(path, "blobs", "sha256", digest.Hex);

    private string Prepare(Digest digest)
    {
        string target = PathOf(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        return target;
    }

    private void Write(string name, byte[] bytes)
    {
        using var file = new FileStream(Path.Combine(path, name), FileMode.Create, FileAccess.Write);
        file.Write(bytes);
    }

    private byte[] ReadFile(string name, params string[] parts)
    {
        using FileStream stream = Open(name, parts);
        if (stream.Length > Documents.SizeLimit)
            throw EngineException.Invalid($"{name} is longer than {Documents.SizeLimit} bytes");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Whoever has laid it out may have put links and devices where files should be: only what lies in the directory itself is opened.</summary>
    private FileStream Open(string name, params string[] parts)
    {
        using var root = RootDirectory.Open(path);
        try
        {
            return root.OpenPlain(UnixPath.Of(string.Join('/', parts))) ?? throw EngineException.NotFound(parts.Length == 1 ? $"{name} is missing" : $"content {name} is missing");
        }
        catch (IOException)
        {
            throw EngineException.Invalid($"{name} is no regular file");
        }
    }
}
