using System.Text;
using Argosy.Linux.Files;

namespace Argosy.Volumes.Tests;

[Trait("Needs", "Root")]
public sealed class CopyUpTests
{
    [Fact]
    public async Task An_empty_volume_is_filled_from_the_image_with_everything_that_files_have()
    {
        await using var fixture = new VolumeFixture();
        VolumeStore store = fixture.Open();
        await store.CreateAsync(new VolumeRequest { Name = "data" });
        string source = Directory.CreateDirectory(Path.Combine(fixture.Root, "rootfs/var/lib/db")).FullName;
        Directory.CreateDirectory(Path.Combine(source, "sub"));
        File.WriteAllText(Path.Combine(source, "sub/f"), "content");
        File.CreateSymbolicLink(Path.Combine(source, "link"), "/etc/passwd");
        ExtendedAttributes.Set(Path.Combine(source, "sub/f"), "user.x", Encoding.UTF8.GetBytes("y"));
        FileTree.SetOwnerAndMode(Path.Combine(source, "sub/f"), 33, 44, 0x9A4); // 04644
        FileTree.SetOwnerAndMode(source, 70, 71, 0x1C0);
        using (var sparse = new FileStream(Path.Combine(source, "sparse"), FileMode.Create))
        {
            sparse.SetLength(8 << 20);
            sparse.Seek(4 << 20, SeekOrigin.Begin);
            sparse.WriteByte(1);
        }
        await store.CopyUpAsync("data", Path.Combine(fixture.Root, "rootfs"), "/var/lib/db");
        string data = store.DataPath("data");
        Assert.Equal("content", File.ReadAllText(Path.Combine(data, "sub/f")));
        Assert.Equal("/etc/passwd", new FileInfo(Path.Combine(data, "link")).LinkTarget);
        Assert.Equal("y", Encoding.UTF8.GetString(ExtendedAttributes.Get(Path.Combine(data, "sub/f"), "user.x")!));
        FileStatus file = FileTree.Status(Path.Combine(data, "sub/f"))!.Value;
        Assert.Equal((33u, 44u, 0x9A4), (file.UserId, file.GroupId, file.Permissions));
        FileStatus top = FileTree.Status(data)!.Value;
        Assert.Equal((70u, 71u, 0x1C0), (top.UserId, top.GroupId, top.Permissions));
        FileStatus hole = FileTree.Status(Path.Combine(data, "sparse"))!.Value;
        Assert.Equal(8 << 20, hole.Size);
        Assert.True(hole.Allocated < 1 << 20);
    }

    [Fact]
    public async Task A_volume_with_data_is_left_alone()
    {
        await using var fixture = new VolumeFixture();
        VolumeStore store = fixture.Open();
        await store.CreateAsync(new VolumeRequest { Name = "data" });
        File.WriteAllText(Path.Combine(store.DataPath("data"), "mine"), "x");
        Directory.CreateDirectory(Path.Combine(fixture.Root, "rootfs/d/theirs"));
        await store.CopyUpAsync("data", Path.Combine(fixture.Root, "rootfs"), "/d");
        Assert.Equal(["mine"], Directory.GetFileSystemEntries(store.DataPath("data")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_symbolic_link_in_the_image_leads_nowhere_outside_of_it()
    {
        await using var fixture = new VolumeFixture();
        VolumeStore store = fixture.Open();
        await store.CreateAsync(new VolumeRequest { Name = "data" });
        string outside = Directory.CreateDirectory(Path.Combine(fixture.Root, "secret")).FullName;
        File.WriteAllText(Path.Combine(outside, "key"), "s");
        string rootfs = Directory.CreateDirectory(Path.Combine(fixture.Root, "rootfs")).FullName;
        File.CreateSymbolicLink(Path.Combine(rootfs, "d"), outside);
        await store.CopyUpAsync("data", rootfs, "/d");
        File.Delete(Path.Combine(rootfs, "d"));
        File.CreateSymbolicLink(Path.Combine(rootfs, "d"), "../secret");
        await store.CopyUpAsync("data", rootfs, "/d");
        Assert.Empty(Directory.GetFileSystemEntries(store.DataPath("data")));
    }

    [Fact]
    public async Task A_place_that_the_image_does_not_have_leaves_an_empty_volume()
    {
        await using var fixture = new VolumeFixture();
        VolumeStore store = fixture.Open();
        await store.CreateAsync(new VolumeRequest { Name = "data" });
        string rootfs = Directory.CreateDirectory(Path.Combine(fixture.Root, "rootfs")).FullName;
        await store.CopyUpAsync("data", rootfs, "/nothing/here");
        Assert.Empty(Directory.GetFileSystemEntries(store.DataPath("data")));
        Assert.Equal(0x1ED, FileTree.Status(store.DataPath("data"))!.Value.Permissions);
    }
}
