using Argosy.Core;
using Argosy.Images.Archives;
using Argosy.Images.Manifests;
using Argosy.Testing;

namespace Argosy.Images.Tests;

/// <summary>A layout that somebody else has laid out: what is in it, and what only claims to be.</summary>
public sealed class LayoutDirectoryTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("argosy-layout-").FullName;
    private readonly LayoutDirectory layout;
    private readonly Descriptor document;

    public LayoutDirectoryTests()
    {
        layout = new LayoutDirectory(Path.Combine(root, "layout"));
        document = layout.Add("{}"u8.ToArray(), MediaTypes.OciManifest);
        layout.Finish(document);
    }

    private string BlobPath => Path.Combine(root, "layout", "blobs", "sha256", document.Digest.Hex);

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void Its_own_files_are_read()
    {
        Assert.Equal(document.Digest, Assert.Single(layout.ReadIndex().Manifests).Digest);
        Assert.Equal("{}"u8.ToArray(), layout.ReadDocument(document.Digest));
        using FileStream blob = layout.OpenRead(document.Digest);
        Assert.Equal(2, blob.Length);
    }

    [Fact]
    public void A_link_is_not_followed_wherever_it_leads()
    {
        string outside = Path.Combine(root, "outside");
        File.Move(BlobPath, outside);
        File.CreateSymbolicLink(BlobPath, outside);
        AssertRefused();
        File.Delete(BlobPath);
        File.Move(outside, BlobPath);
        Directory.Move(Path.Combine(root, "layout", "blobs"), Path.Combine(root, "blobs"));
        Directory.CreateSymbolicLink(Path.Combine(root, "layout", "blobs"), Path.Combine(root, "blobs"));
        AssertRefused();
        string index = Path.Combine(root, "layout", "index.json");
        File.Move(index, outside);
        File.CreateSymbolicLink(index, "../outside");
        Assert.Equal("index.json is no regular file", Assert.Throws<EngineException>(layout.ReadIndex).Message);
    }

    [Fact]
    public async Task A_pipe_holds_nobody_up()
    {
        File.Delete(BlobPath);
        await Shell.ShAsync($"mkfifo {BlobPath}");
        await Task.Run(AssertRefused).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void A_directory_is_no_file_and_what_is_missing_is_not_found()
    {
        File.Delete(BlobPath);
        Assert.Equal(ErrorKind.NotFound, Assert.Throws<EngineException>(() => layout.OpenRead(document.Digest)).Kind);
        Directory.CreateDirectory(BlobPath);
        AssertRefused();
    }

    private void AssertRefused()
    {
        foreach (Action read in (Action[])[() => layout.ReadDocument(document.Digest), () => layout.OpenRead(document.Digest).Dispose()])
        {
            EngineException refused = Assert.Throws<EngineException>(read);
            Assert.Equal((ErrorKind.InvalidArgument, $"{document.Digest} is no regular file"), (refused.Kind, refused.Message));
        }
    }
}
