using System.Text.Json;
using Argosy.Core;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Images.Records;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Images.Archives;

/// <summary>
/// Writes images as one tar that is an OCI image layout and a docker-archive at once, blobs as they are stored:
/// Docker, podman, skopeo and containerd read it, and loading it gives the same digests.
/// </summary>
public sealed class ImageArchiveWriter(ContentStore content)
{
    /// <summary>Writes the archive. Call on a thread that may wait.</summary>
    /// <param name="target">Where to; written synchronously, left open.</param>
    /// <param name="images">Each image with the names it gets in the archive, none for an image asked for by id.</param>
    /// <param name="cancellationToken">Checked between blobs.</param>
    public void Write(Stream target, IReadOnlyList<(ImageRecord Image, IReadOnlyList<ImageReference> Names)> images, CancellationToken cancellationToken)
    {
        using var writer = new TarWriter(target);
        WriteDirectory(writer, "blobs/");
        WriteDirectory(writer, "blobs/sha256/");
        foreach (Digest blob in images.SelectMany(item => Blobs(item.Image)).Distinct())
        {
            cancellationToken.ThrowIfCancellationRequested();
            WriteBlob(writer, blob);
        }
        WriteDocument(writer, "index.json", JsonSerializer.SerializeToUtf8Bytes(Index(images), ManifestJson.Wire.ImageIndex));
        WriteDocument(writer, "manifest.json", JsonSerializer.SerializeToUtf8Bytes([.. images.Select(Entry)], ArchiveJson.Default.ListDockerArchiveEntry));
        WriteDocument(writer, "oci-layout", JsonSerializer.SerializeToUtf8Bytes(new OciLayout(), ManifestJson.Wire.OciLayout));
        writer.Finish();
    }

    private static IEnumerable<Digest> Blobs(ImageRecord image) =>
        image.Layers.Select(layer => layer.Digest).Append(image.Id).Append(image.Manifest.Digest);

    private static DockerArchiveEntry Entry((ImageRecord Image, IReadOnlyList<ImageReference> Names) item) => new()
    {
        Config = PathOf(item.Image.Id),
        RepoTags = item.Names.Count == 0 ? null : [.. item.Names.Select(name => name.Familiar)],
        Layers = [.. item.Image.Layers.Select(layer => PathOf(layer.Digest))],
    };

    private static ImageIndex Index(IReadOnlyList<(ImageRecord Image, IReadOnlyList<ImageReference> Names)> images) => new()
    {
        MediaType = MediaTypes.OciIndex,
        Manifests = [.. images.SelectMany(item => item.Names.Count == 0
            ? [item.Image.Manifest]
            : item.Names.Select(name => item.Image.Manifest with { Annotations = Annotations(name) }))],
    };

    private static Dictionary<string, string> Annotations(ImageReference name) => new()
    {
        ["io.containerd.image.name"] = name.ToString(),
        ["org.opencontainers.image.ref.name"] = name.Tag ?? "latest",
    };

    private static string PathOf(Digest digest) => "blobs/sha256/" + digest.Hex;

    private static void WriteDirectory(TarWriter writer, string path) =>
        writer.Write(new TarEntry { Path = UnixPath.Of(path), Type = FileType.Directory, Permissions = 0x1ed });

    private static void WriteDocument(TarWriter writer, string path, byte[] bytes) =>
        writer.WriteFile(new TarEntry { Path = UnixPath.Of(path), Type = FileType.Regular, Permissions = 0x1a4 }, bytes);

    private void WriteBlob(TarWriter writer, Digest digest)
    {
        using FileStream blob = content.OpenRead(digest);
        writer.Write(new TarEntry { Path = UnixPath.Of(PathOf(digest)), Type = FileType.Regular, Permissions = 0x1a4, Size = blob.Length });
        byte[] buffer = GC.AllocateUninitializedArray<byte>(256 * 1024);
        for (int read; (read = blob.Read(buffer)) > 0;)
            writer.Write(buffer.AsSpan(0, read));
    }
}
