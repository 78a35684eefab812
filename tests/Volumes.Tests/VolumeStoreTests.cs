using Argosy.Core;

namespace Argosy.Volumes.Tests;

[Trait("Needs", "Root")]
public sealed class VolumeStoreTests
{
    [Fact]
    public async Task A_volume_and_its_data_outlive_the_daemon()
    {
        await using var fixture = new VolumeFixture();
        VolumeStore store = fixture.Open();
        (VolumeRecord volume, bool isNew) = await store.CreateAsync(new VolumeRequest { Name = "data", Labels = new Dictionary<string, string> { ["a"] = "b" } });
        Assert.True(isNew);
        Assert.False((await store.CreateAsync(new VolumeRequest { Name = "data" })).IsNew);
        File.WriteAllText(Path.Combine(store.DataPath("data"), "f"), "x");
        store = await fixture.ReopenAsync();
        await store.RecoverAsync();
        Assert.Equal("b", store.Find("data").Labels["a"]);
        Assert.Equal("x", File.ReadAllText(Path.Combine(store.DataPath("data"), "f")));
        Assert.False(volume.IsAnonymous);
    }

    [Fact]
    public async Task A_new_volume_with_content_takes_the_place_of_no_data_that_nobody_knows()
    {
        await using var fixture = new VolumeFixture();
        VolumeStore store = fixture.Open();
        Task<VolumeRecord> Create() => store.CreateFilledAsync(new VolumeRequest { Name = "found" }, directory => File.WriteAllTextAsync(Path.Combine(directory, "f"), "new"), default);
        Directory.CreateDirectory(store.DataPath("found"));
        string kept = Path.Combine(store.DataPath("found"), "kept");
        File.WriteAllText(kept, "x");
        Assert.Equal(ErrorKind.Conflict, (await Assert.ThrowsAsync<EngineException>(Create)).Kind);
        Assert.Equal("x", File.ReadAllText(kept));
        File.Delete(kept);
        await Create();
        Assert.Equal("new", File.ReadAllText(Path.Combine(store.DataPath("found"), "f")));
    }

    [Fact]
    public async Task An_unnamed_volume_gets_an_id_and_Dockers_mark()
    {
        await using var fixture = new VolumeFixture();
        (VolumeRecord volume, _) = await fixture.Open().CreateAsync(new VolumeRequest());
        Assert.Equal(64, volume.Name.Length);
        Assert.True(volume.IsAnonymous);
    }

    [Theory]
    [InlineData("x", "volume name is too short, names should be at least two alphanumeric characters")]
    [InlineData("../etc", "includes invalid characters for a local volume name")]
    [InlineData("a/b", "includes invalid characters for a local volume name")]
    [InlineData(".hidden", "includes invalid characters for a local volume name")]
    public async Task Names_that_are_none_are_refused(string name, string message)
    {
        await using var fixture = new VolumeFixture();
        EngineException refused = await Assert.ThrowsAsync<EngineException>(() => fixture.Open().CreateAsync(new VolumeRequest { Name = name }));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.InvalidArgument, refused.Kind);
    }

    [Theory]
    [InlineData("color", "red", "invalid option: \"color\"")]
    [InlineData("type", "tmpfs", "missing required option: \"device\"")]
    [InlineData("size", "1g", "quota size requested but no quota support")]
    public async Task Options_that_cannot_be_honoured_are_refused(string key, string value, string message)
    {
        await using var fixture = new VolumeFixture();
        var request = new VolumeRequest { Name = "vol", Options = new Dictionary<string, string> { [key] = value } };
        Assert.Equal(message, (await Assert.ThrowsAsync<EngineException>(() => fixture.Open().CreateAsync(request))).Message);
    }

    [Fact]
    public async Task A_volume_in_use_stays_and_a_missing_one_is_an_error_unless_forced()
    {
        await using var fixture = new VolumeFixture();
        VolumeStore store = fixture.Open();
        await store.CreateAsync(new VolumeRequest { Name = "data" });
        fixture.Users["data"] = ["c1", "c2"];
        EngineException conflict = await Assert.ThrowsAsync<EngineException>(() => store.RemoveAsync("data", force: false));
        Assert.Equal("remove data: volume is in use - [c1, c2]", conflict.Message);
        Assert.Equal(ErrorKind.Conflict, conflict.Kind);
        fixture.Users.Clear();
        Assert.True(await store.RemoveAsync("data", force: false));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(fixture.Root, "volumes")));
        Assert.Equal("get data: no such volume", (await Assert.ThrowsAsync<EngineException>(() => store.RemoveAsync("data", force: false))).Message);
        Assert.False(await store.RemoveAsync("data", force: true));
    }

    [Fact]
    public async Task A_prune_takes_what_is_wanted_and_unused()
    {
        await using var fixture = new VolumeFixture();
        VolumeStore store = fixture.Open();
        (VolumeRecord anonymous, _) = await store.CreateAsync(new VolumeRequest());
        await store.CreateAsync(new VolumeRequest { Name = "named" });
        (VolumeRecord used, _) = await store.CreateAsync(new VolumeRequest());
        fixture.Users[used.Name] = ["c"];
        File.WriteAllBytes(Path.Combine(store.DataPath(anonymous.Name), "f"), new byte[10_000]);
        (IReadOnlyList<string> removed, long reclaimed) = await store.PruneAsync(volume => volume.IsAnonymous);
        Assert.Equal([anonymous.Name], removed);
        Assert.True(reclaimed >= 10_000);
        Assert.Equal(2, store.List().Count);
    }

    [Fact]
    public async Task A_tmpfs_volume_is_mounted_while_somebody_uses_it()
    {
        await using var fixture = new VolumeFixture();
        VolumeStore store = fixture.Open();
        await store.CreateAsync(new VolumeRequest { Name = "mem", Options = new Dictionary<string, string> { ["type"] = "tmpfs", ["device"] = "tmpfs", ["o"] = "size=1m,nosuid" } });
        string path = await store.MountAsync("mem", "one");
        await store.MountAsync("mem", "two");
        Assert.Contains($" {path} tmpfs rw,nosuid,relatime,size=1024k", File.ReadAllText("/proc/mounts"), StringComparison.Ordinal);
        await store.UnmountAsync("mem", "one");
        // The daemon may restart while a container runs.
        fixture.Users["mem"] = ["two"];
        store = await fixture.ReopenAsync();
        await store.RecoverAsync();
        Assert.Contains(path, File.ReadAllText("/proc/mounts"), StringComparison.Ordinal);
        await store.UnmountAsync("mem", "two");
        await store.UnmountAsync("mem", "two");
        Assert.DoesNotContain(path, File.ReadAllText("/proc/mounts"), StringComparison.Ordinal);
        fixture.Users.Clear();
        Assert.True(await store.RemoveAsync("mem", force: false));
    }

    [Fact]
    public async Task A_bind_volume_is_the_directory_it_names_and_its_removal_leaves_that_alone()
    {
        await using var fixture = new VolumeFixture();
        VolumeStore store = fixture.Open();
        string outside = Directory.CreateDirectory(Path.Combine(fixture.Root, "outside")).FullName;
        await store.CreateAsync(new VolumeRequest { Name = "bound", Options = new Dictionary<string, string> { ["type"] = "none", ["device"] = outside, ["o"] = "bind" } });
        string path = await store.MountAsync("bound", "c");
        File.WriteAllText(Path.Combine(path, "f"), "x");
        await store.UnmountAsync("bound", "c");
        await store.RemoveAsync("bound", force: false);
        Assert.Equal("x", File.ReadAllText(Path.Combine(outside, "f")));
    }

    [Fact]
    public async Task What_a_crash_left_is_put_right_without_throwing_data_away()
    {
        await using var fixture = new VolumeFixture();
        VolumeStore store = fixture.Open();
        await store.CreateAsync(new VolumeRequest { Name = "known" });
        Directory.Delete(store.DataPath("known"));
        Directory.CreateDirectory(Path.Combine(fixture.Root, "volumes/known/_copy/half"));
        Directory.CreateDirectory(Path.Combine(fixture.Root, "volumes/stray/_data"));
        File.WriteAllText(Path.Combine(fixture.Root, "volumes/stray/_data/f"), "precious");
        Directory.CreateDirectory(Path.Combine(fixture.Root, "volumes/.removed-1/_data"));
        await store.RecoverAsync();
        Assert.True(Directory.Exists(store.DataPath("known")));
        Assert.False(Directory.Exists(Path.Combine(fixture.Root, "volumes/known/_copy")));
        Assert.Equal("precious", File.ReadAllText(Path.Combine(store.DataPath(store.Find("stray").Name), "f")));
        Assert.False(Directory.Exists(Path.Combine(fixture.Root, "volumes/.removed-1")));
    }
}
