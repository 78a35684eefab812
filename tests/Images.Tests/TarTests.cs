using System.Text;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;

namespace Argosy.Images.Tests;

[Trait("Needs", "Root")]
public sealed class TarTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("argosy-tar-").FullName;

    [Fact]
    public void Everything_a_file_system_has_survives_packing_and_unpacking()
    {
        byte[] capability = [1, 0, 0, 2, 0, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        UnixPath latin = UnixPath.Of([.. "dir/caf"u8, 0xe9]);
        string longName = "dir/" + new string('n', 200) + "/" + new string('m', 200);
        byte[] archive = Tar.Of(
            Tar.Directory("./", 0x1c0),
            Tar.Directory("dir/", 0x5ed),
            (new TarEntry { Path = UnixPath.Of("dir/tool"), Type = FileType.Regular, Permissions = 0x9ed, UserId = 3_000_000_000, GroupId = 7, Modified = Tar.Time, Attributes = [new("security.capability", capability), new("user.binary", [0, 1, 255, 10])] }, "x"u8.ToArray()),
            Tar.HardLink("dir/same", "dir/tool"),
            Tar.Link("dir/link", "/etc/passwd"),
            (new TarEntry { Path = latin, Type = FileType.Regular, Permissions = 0x1a4, Modified = Tar.Time }, "latin"u8.ToArray()),
            Tar.File(longName, "long"),
            Tar.File("dir/" + new string('e', 120) + "cafe\u0301 \u00e9", "decomposed and composed"),
            (new TarEntry { Path = UnixPath.Of("null"), Type = FileType.CharacterDevice, Permissions = 0x1b6, Device = (1, 3), Modified = Tar.Time }, []),
            (new TarEntry { Path = UnixPath.Of("pipe"), Type = FileType.Fifo, Permissions = 0x180, Modified = Tar.Time }, []));

        ExtractResult first = Extract(archive, "one");
        byte[] packed = Pack("one");
        Extract(packed, "two");

        Assert.True(first.HasRoot);
        Assert.Equal(Describe("one"), Describe("two"));
        FileStatus tool = FileTree.Status(Path.Combine(root, "two/dir/tool"))!.Value;
        Assert.Equal((0x9ed, 3_000_000_000u, 7u, 2u, Tar.Time), (tool.Permissions, tool.UserId, tool.GroupId, tool.Links, tool.Modified));
        Assert.Equal(capability, ExtendedAttributes.Get(Path.Combine(root, "two/dir/tool"), "security.capability"));
        Assert.Equal([0, 1, 255, 10], ExtendedAttributes.Get(Path.Combine(root, "two/dir/tool"), "user.binary"));
        Assert.Equal(Tar.Time, FileTree.Status(Path.Combine(root, "two/dir"))!.Value.Modified);
        Assert.Equal((1u, 3u), FileTree.Status(Path.Combine(root, "two/null"))!.Value.SpecialDevice);
        Assert.Equal(0x1c0, FileTree.Status(Path.Combine(root, "two"))!.Value.Permissions);
        Assert.Equal(packed, Pack("two"));
        Assert.True(packed.AsSpan().IndexOf(latin.Bytes) >= 0);
        Assert.Equal("decomposed and composed", File.ReadAllText(Path.Combine(root, "two/dir", new string('e', 120) + "cafe\u0301 \u00e9")));
    }

    [Fact]
    public void Holes_stay_holes()
    {
        string source = Directory.CreateDirectory(Path.Combine(root, "source")).FullName;
        using (FileStream sparse = File.Create(Path.Combine(source, "sparse")))
        {
            sparse.Position = 64 << 20;
            sparse.Write("end"u8);
        }
        using (FileStream hole = File.Create(Path.Combine(source, "hole")))
            hole.SetLength(10 << 20);

        byte[] archive = Pack("source");
        Extract(archive, "copy");

        Assert.True(archive.Length < 1 << 20);
        FileStatus copy = FileTree.Status(Path.Combine(root, "copy/sparse"))!.Value;
        Assert.Equal((64 << 20) + 3, copy.Size);
        Assert.True(copy.Allocated < 1 << 20);
        Assert.Equal(10 << 20, FileTree.Status(Path.Combine(root, "copy/hole"))!.Value.Size);
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("a/../../escape")]
    [InlineData("/escape")]
    public void A_name_that_leads_out_is_refused_by_name(string name)
    {
        ArchiveException refused = Assert.Throws<ArchiveException>(() => Extract(Tar.Of(Tar.File(name, "x")), "inner/target"));
        Assert.Contains(name, refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(root, "inner/escape")) || File.Exists("/escape"));
    }

    [Theory]
    [InlineData("/tmp")]
    [InlineData("../outside")]
    [InlineData("real")]
    public void A_file_through_a_symbolic_link_is_refused_and_not_written(string target)
    {
        string outside = Directory.CreateDirectory(Path.Combine(root, "outside")).FullName;
        byte[] archive = Tar.Of(Tar.Directory("real/"), Tar.Link("link", target), Tar.File("link/file", "x"));
        ArchiveException refused = Assert.Throws<ArchiveException>(() => Extract(archive, "target"));
        Assert.Contains("link/file", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(outside));
        Assert.False(File.Exists("/tmp/file"));
    }

    [Fact]
    public void A_hard_link_to_a_file_outside_is_refused()
    {
        File.WriteAllText(Path.Combine(root, "secret"), "s");
        Assert.Throws<ArchiveException>(() => Extract(Tar.Of(Tar.HardLink("mine", "../secret")), "target"));
        byte[] throughLink = Tar.Of(Tar.Link("up", ".."), Tar.HardLink("mine", "up/secret"));
        Assert.Throws<ArchiveException>(() => Extract(throughLink, "target2"));
    }

    [Fact]
    public void Links_are_resolved_inside_the_root_when_copying_into_a_container()
    {
        string target = Directory.CreateDirectory(Path.Combine(root, "target/run")).Parent!.FullName;
        File.CreateSymbolicLink(Path.Combine(target, "var-run"), "/run");
        TarExtractor.Extract(new MemoryStream(Tar.Of(Tar.File("var-run/pid", "1"))), target, new ExtractOptions { Links = LinkPolicy.ResolveInRoot });
        Assert.Equal("1", File.ReadAllText(Path.Combine(target, "run/pid")));
    }

    [Fact]
    public void A_truncated_archive_is_an_error()
    {
        byte[] whole = Tar.Of(Tar.File("file", new string('x', 100_000)));
        Assert.Throws<ArchiveException>(() => Extract(whole[..50_000], "target"));
    }

    [Fact]
    public void A_symbolic_link_to_nothing_is_refused()
    {
        byte[] archive = Tar.Of(Tar.Link("link", "a"));
        int header = archive.AsSpan().LastIndexOf("ustar"u8) - 257;
        archive[header + 157] = 0;
        Tar.MendChecksums(archive);
        ArchiveException refused = Assert.Throws<ArchiveException>(() => Extract(archive, "target"));
        Assert.Contains("\"link\"", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_absolute_name_begins_at_the_root_where_links_do()
    {
        byte[] archive = Tar.Of(Tar.Directory("//etc/"), Tar.File("/etc/given", "text"), Tar.HardLink("/same", "/etc/given"));
        Assert.Throws<ArchiveException>(() => Extract(archive, "layer"));
        using var reader = new TarReader(new MemoryStream(archive));
        Directory.CreateDirectory(Path.Combine(root, "container"));
        TarExtractor.Extract(reader, Path.Combine(root, "container"), new ExtractOptions { Links = LinkPolicy.ResolveInRoot }, CancellationToken.None);
        Assert.Equal("text", File.ReadAllText(Path.Combine(root, "container/same")));
        Assert.False(File.Exists("/etc/given"));
    }

    [Fact]
    public void An_archive_may_end_with_its_last_byte_of_content()
    {
        byte[] whole = Tar.Of(Tar.File("first", "1"), Tar.File("last", "the end"));
        int end = whole.AsSpan().IndexOf("the end"u8) + 7;
        Extract(whole[..end], "target");
        Assert.Equal("the end", File.ReadAllText(Path.Combine(root, "target/last")));
        Assert.Throws<ArchiveException>(() => Extract(whole[..(end - 1)], "other"));
    }

    [Fact]
    public void A_later_entry_replaces_an_earlier_one_of_another_kind()
    {
        byte[] archive = Tar.Of(
            Tar.Directory("a/"), Tar.File("a/inner", "1"), Tar.File("a", "now a file"),
            Tar.File("b", "1"), Tar.Directory("b/"), Tar.File("b/inner", "2"));
        Extract(archive, "target");
        Assert.Equal("now a file", File.ReadAllText(Path.Combine(root, "target/a")));
        Assert.Equal("2", File.ReadAllText(Path.Combine(root, "target/b/inner")));
    }

    [Fact]
    public void More_content_than_allowed_is_refused()
    {
        byte[] archive = Tar.Of(Tar.File("bomb", new string('x', 100_000)));
        string target = Directory.CreateDirectory(Path.Combine(root, "target")).FullName;
        Assert.Throws<ArchiveException>(() => TarExtractor.Extract(new MemoryStream(archive), target, new ExtractOptions { MaximumBytes = 10 }));
    }

    [Fact]
    public void What_the_hosts_security_modules_say_of_a_file_is_not_packed_nor_compared()
    {
        string file = Path.Combine(Directory.CreateDirectory(Path.Combine(root, "one")).FullName, "file");
        File.WriteAllText(file, "x");
        byte[] capability = [1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        foreach ((string name, byte[] value) in ((string, byte[])[])[("security.selinux", "u:r:t:s0"u8.ToArray()), ("security.SMACK64", [1]), ("security.capability", capability), ("user.mine", [2])])
            ExtendedAttributes.Set(file, name, value);
        Extract(Pack("one"), "two");
        Assert.Equal(["security.capability", "user.mine"], ExtendedAttributes.List(Path.Combine(root, "two/file")).Select(attribute => attribute.Name));
        Assert.Null(TreeComparison.FirstDifference(Path.Combine(root, "one"), Path.Combine(root, "two"), withRoot: true));
        Assert.True(ExtendedAttributes.IsOfHost("security.ima") && ExtendedAttributes.IsOfHost("security.evm"));
    }

    public void Dispose() => FileTree.Remove(root);

    private ExtractResult Extract(byte[] archive, string name, ExtractOptions? options = null) =>
        TarExtractor.Extract(new MemoryStream(archive), Directory.CreateDirectory(Path.Combine(root, name)).FullName, options ?? new ExtractOptions());

    private byte[] Pack(string name)
    {
        using var stream = new MemoryStream();
        using var writer = new TarWriter(stream);
        TreePacker.Pack(writer, Path.Combine(root, name), "", new PackOptions { IncludeRoot = true });
        writer.Finish();
        return stream.ToArray();
    }

    /// <summary>Names, owners, modes, times, attributes and content of a tree as text.</summary>
    private string Describe(string name)
    {
        var text = new StringBuilder();
        string directory = Path.Combine(root, name);
        UpperTree.Visit(directory, (path, status, _) =>
        {
            string attributes = path.Contains('\ufffd', StringComparison.Ordinal) ? "" : string.Join(',', ExtendedAttributes.List(directory + path).Select(attribute => $"{attribute.Name}={Convert.ToHexString(attribute.Value)}"));
            text.AppendLine($"{path} {status.Type} {status.Permissions} {status.UserId} {status.GroupId} {status.Size} {(status.IsDirectory ? 0 : status.Links)} {status.Modified} {status.SpecialDevice} {attributes}");
        });
        return text.ToString();
    }
}
