using Argosy.Core;
using Argosy.Images.Layers;
using Argosy.Linux.Files;
using Argosy.Testing;

namespace Argosy.Images.Tests;

/// <summary>
/// Layers made by GNU tar and bsdtar, unpacked here and by umoci: the trees are the same, file by file. And layers made here are
/// read by both as they were meant.
/// </summary>
[Trait("Needs", "Root")]
public sealed class FidelityTests : IAsyncLifetime
{
    private const string Tree = """
        mkdir -p tree/dir/deep tree/empty && cd tree
        printf 'text' > dir/file && chmod 4755 dir/file && ln dir/file dir/deep/hard && ln -s ../dir/file dir/deep/soft && ln -s /etc/passwd absolute && ln -s nowhere dangling
        printf s > sgid && chmod 2711 sgid && mkdir sticky && chmod 1777 sticky && printf x > none && chmod 0 none
        mknod null c 1 3 && mknod disk b 8 17 && mkfifo pipe && chmod 640 pipe
        printf 'u' > uid && chown 3000000000:2999999999 uid && printf 'v' > owner && chown 1000:100 owner
        truncate -s 3M sparse && printf 'middle' | dd of=sparse bs=1 seek=1500000 conv=notrunc status=none && truncate -s 5M hole
        printf 'n' > "$(printf '%0200d' 7)" && mkdir -p "dir/$(printf '%0120d' 1)/$(printf '%0120d' 2)" && printf 'l' > "dir/$(printf '%0120d' 1)/$(printf '%0120d' 2)/$(printf '%0100d' 3)"
        ln -s "$(printf '%0150d' 9)" longlink
        printf 'b' > "$(printf 'caf\351')" && printf 'u' > "$(printf 'caf\303\251 \342\230\203')" && printf 'd' > "$(printf 'e\314\201')"
        printf 'q' > "$(printf 'back\\slash \"quote\" new\nline')"
        setfattr -n user.text -v hello dir/file && setfattr -n user.binary -v 0x00ff0a3d00 owner && setfattr -n trusted.secret -v 0x0001 owner && setfattr -n user.ondir -v x sticky
        setcap cap_net_bind_service=ep sgid
        touch -h -d '2001-02-03 04:05:06.123456789 UTC' dir/file sgid null pipe sparse uid dir/deep/soft && touch -d '1969-12-31 23:59:59 UTC' none && touch -d '2106-02-07 07:00:00.5 UTC' hole
        """;

    private readonly TestStore store = TestStore.Open();
    private readonly string work = Directory.CreateTempSubdirectory("argosy-fidelity-").FullName;

    [FactWith("tar", "umoci", "setcap", "setfattr")]
    public Task GNU_tar_in_its_own_format() => SameAsUmociAsync("tar --format=gnu -C tree -cf layer1.tar .");

    /// <summary>umoci does not know GNU's sparse entries, so GNU tar has the word here.</summary>
    [FactWith("tar", "setcap", "setfattr")]
    public async Task GNU_tar_in_its_own_format_with_holes()
    {
        await ShAsync(Tree);
        await ShAsync("tar --format=gnu --sparse -C tree -cf layer1.tar .; mkdir theirs; tar --numeric-owner -C theirs -xpf layer1.tar");
        LayerRecord layer = await store.AddLayerAsync(await File.ReadAllBytesAsync(Path.Combine(work, "layer1.tar")));
        Assert.Null(TreeComparison.FirstDifference(Path.Combine(work, "theirs"), store.Layers.PathOf(layer.ChainId), withRoot: true));
        FileStatus hole = FileTree.Status(Path.Combine(store.Layers.PathOf(layer.ChainId), "hole"))!.Value;
        Assert.Equal((5 << 20, 0L), (hole.Size, hole.Allocated));
        Assert.Equal(FileTree.SumOfSizes(store.Layers.PathOf(layer.ChainId)), layer.Size);
    }

    [FactWith("tar", "umoci", "setcap", "setfattr")]
    public Task GNU_tar_in_pax_format_with_attributes_and_holes() =>
        SameAsUmociAsync("tar --format=pax --sparse --xattrs --xattrs-include='*' -C tree -cf layer1.tar .");

    [FactWith("bsdtar", "umoci", "setcap", "setfattr")]
    public Task Bsdtar_in_pax_format() => SameAsUmociAsync("bsdtar --format pax --xattrs -C tree -cf layer1.tar .");

    [FactWith("bsdtar", "umoci", "setcap", "setfattr")]
    public Task Bsdtar_in_pax_format_without_the_root_and_compressed() =>
        SameAsUmociAsync("cd tree; bsdtar --format pax --xattrs -cf ../layer1.tar *; cd ..; gzip -k layer1.tar");

    [FactWith("tar", "umoci")]
    public async Task Whiteouts_and_opaque_directories()
    {
        await ShAsync("""
            mkdir -p tree/keep tree/gone/sub tree/opaque/old tree/swap tree/deep/a/b
            for f in keep/1 keep/2 gone/sub/f opaque/old/f opaque/x swap/f deep/a/b/c file; do echo $f > tree/$f; done
            tar -C tree -cf layer1.tar .
            rm -r tree; mkdir -p tree/keep tree/opaque tree/deep/a tree/file
            touch tree/keep/.wh.1 tree/.wh.gone tree/opaque/.wh..wh..opq tree/deep/a/.wh.b tree/.wh.swap
            echo new > tree/opaque/new; echo now > tree/swap; echo in > tree/file/in
            tar -C tree --sort=name -cf layer2.tar .
            """);
        await CompareAsync("layer1.tar", "layer2.tar");
    }

    [FactWith("tar", "umoci")]
    public async Task A_marker_after_what_its_own_layer_brings_hides_only_what_is_below()
    {
        await ShAsync("""
            mkdir -p tree/opaque tree/dir; echo old > tree/opaque/old; echo old > tree/dir/old; echo f > tree/plain
            tar -C tree -cf layer1.tar .
            rm -r tree; mkdir -p tree/opaque; echo new > tree/opaque/new; touch tree/opaque/.wh..wh..opq
            tar -C tree --no-recursion -cf layer2.tar ./opaque ./opaque/new ./opaque/.wh..wh..opq
            """);
        await CompareAsync("layer1.tar", "layer2.tar");
    }

    [FactWith("tar", "bsdtar", "setcap", "setfattr")]
    public async Task What_is_packed_here_is_read_by_GNU_tar_and_bsdtar_as_it_was()
    {
        await ShAsync(Tree);
        using (FileStream target = File.Create(Path.Combine(work, "ours.tar")))
        using (var writer = new Linux.Archives.TarWriter(target))
        {
            Linux.Archives.TreePacker.Pack(writer, Path.Combine(work, "tree"), "", new Linux.Archives.PackOptions { IncludeRoot = true });
            writer.Finish();
        }
        await ShAsync("mkdir gnu bsd; tar --xattrs --xattrs-include='*' --numeric-owner -C gnu -xpf ours.tar; bsdtar --numeric-owner -C bsd -xpf ours.tar");
        Assert.Null(TreeComparison.FirstDifference(Path.Combine(work, "tree"), Path.Combine(work, "bsd"), withRoot: false));
        Assert.Null(TreeComparison.FirstDifference(Path.Combine(work, "tree"), Path.Combine(work, "gnu"), withRoot: false));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await store.DisposeAsync();
        FileTree.Remove(work);
    }

    private async Task SameAsUmociAsync(string pack)
    {
        await ShAsync(Tree);
        await ShAsync(pack);
        string root = await CompareAsync("layer1.tar");
        // Both could be wrong in the same way: what the archive was made of has the last word.
        if (pack.Contains("--xattrs", StringComparison.Ordinal))
            Assert.Null(TreeComparison.FirstDifference(Path.Combine(work, "tree"), root, withRoot: false));
    }

    /// <summary>Unpacks the layers with umoci and here, compares, and gives our tree.</summary>
    private async Task<string> CompareAsync(params string[] layers)
    {
        await ShAsync($"umoci init --layout oci; umoci new --image oci:x; {string.Join("; ", layers.Select(layer => $"umoci raw add-layer --image oci:x {layer}"))}; umoci raw unpack --image oci:x theirs");
        var chain = new List<Digest>();
        foreach (string layer in layers)
        {
            string compressed = Path.Combine(work, layer + ".gz");
            byte[]? blob = File.Exists(compressed) ? await File.ReadAllBytesAsync(compressed) : null;
            LayerRecord added = await store.AddLayerAsync(await File.ReadAllBytesAsync(Path.Combine(work, layer)), chain.Count == 0 ? null : chain[^1], blob);
            Assert.Equal(FileTree.SumOfSizes(store.Layers.PathOf(added.ChainId)), added.Size);
            chain.Add(added.ChainId);
        }
        await store.Snapshots.PrepareAsync("tree", chain, CancellationToken.None);
        string root = store.Snapshots.Mount("tree");
        Assert.Null(TreeComparison.FirstDifference(Path.Combine(work, "theirs"), root, withRoot: false));
        return root;
    }

    private Task<string> ShAsync(string script) => Shell.ShAsync($"set -e; cd {work}; umask 022; {script}");
}
