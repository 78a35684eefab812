using Argosy.Build.Tests.Fakes;
using Argosy.Core;

namespace Argosy.Build.Tests.Execution;

public sealed class CopyTests
{
    private static BuildFixture Context() => new BuildFixture()
        .With("a.txt", "a").With("b.txt", "b").With("dir/c.txt", "c").With("dir/sub/d.txt", "d").With("dir/sub/e.md", "e");

    [Theory]
    [InlineData("COPY a.txt /x", "x")]
    [InlineData("COPY a.txt /x/", "x/a.txt")]
    [InlineData("COPY a.txt .", "a.txt")]
    [InlineData("COPY /a.txt /deep/er/x", "deep/er/x")]
    [InlineData("COPY a.txt b.txt /x/", "x/a.txt x/b.txt")]
    [InlineData("COPY *.txt /x/", "x/a.txt x/b.txt")]
    [InlineData("COPY [ab].txt ./", "a.txt b.txt")]
    [InlineData("COPY dir /x", "x/c.txt x/sub/d.txt")]
    [InlineData("COPY dir/ /x/", "x/c.txt x/sub/d.txt")]
    [InlineData("COPY dir/*/d.txt /x/", "x/d.txt")]
    [InlineData("COPY . /all", "all/a.txt all/dir/sub/e.md all/Dockerfile")]
    [InlineData("COPY [\"a.txt\", \"b.txt\", \"/x/\"]", "x/a.txt")]
    [InlineData("COPY --exclude=*.md --exclude=sub/d* dir /x", "x/c.txt !x/sub/d.txt")]
    [InlineData("COPY --exclude=**/*.md dir /x", "x/sub/d.txt !x/sub/e.md")]
    [InlineData("WORKDIR /w\nCOPY a.txt x", "w/x")]
    [InlineData("ENV D=/v\nCOPY a.txt $D/", "v/a.txt")]
    [InlineData("COPY <<one <<two /x/\n1\none\n2\ntwo", "x/one x/two")]
    [InlineData("COPY --link a.txt /x", "x")]
    [InlineData("RUN r\nCOPY --link a.txt /x", "x ran")]
    [InlineData("COPY --parents dir/c.txt dir/sub/d.txt /x", "x/dir/c.txt x/dir/sub/d.txt !x/dir/sub/e.md")]
    [InlineData("COPY --parents dir/./sub/d.txt /x/", "x/sub/d.txt !x/dir")]
    [InlineData("COPY --parents dir/sub /x/", "x/dir/sub/d.txt !x/dir/c.txt")]
    [InlineData("COPY --parents **/*.txt /x/", "x/a.txt x/dir/c.txt x/dir/sub/d.txt !x/dir/sub/e.md")]
    [InlineData("COPY --parents ./dir/./**/*.md /x/", "x/sub/e.md !x/dir")]
    [InlineData("COPY --parents --exclude=*.md dir/sub /x/", "x/dir/sub/d.txt !x/dir/sub/e.md")]
    public async Task Files_go_where_Docker_puts_them(string instructions, string expected)
    {
        await using BuildFixture fixture = Context();
        BuiltImage image = await fixture.BuildAsync("FROM base\n" + instructions);
        foreach (string path in expected.Split(' '))
            Assert.Equal(!path.StartsWith('!'), image.Has(path.TrimStart('!')));
    }

    [Theory]
    [InlineData("COPY nosuch /x", "COPY failed: file not found in build context or excluded by .dockerignore: stat nosuch: file does not exist")]
    [InlineData("COPY ../x /x", "COPY failed: forbidden path outside the build context: ../x ()")]
    [InlineData("COPY *.zip /x", "COPY failed: no source files were specified")]
    [InlineData("COPY a.txt b.txt /x", "When using COPY with more than one source file, the destination must be a directory and end with a /")]
    [InlineData("COPY --chmod=u+y a.txt /x", "invalid chmod parameter: 'u+y'. it should be octal string and between 0 and 07777")]
    [InlineData("COPY --chown=nobody a.txt /x", "can't find uid for user nobody: no such user: nobody")]
    [InlineData("COPY a.txt /x\nCOPY dir /x", "cannot copy to non-directory: /x")]
    [InlineData("COPY dir /x/a.txt\nCOPY a.txt /x", "COPY failed: cannot replace to directory /x/a.txt with file")]
    [InlineData("COPY --from=nosuch a b", "pull access denied for nosuch")]
    [InlineData("ADD --checksum=sha256:x a.txt /x", "checksum can't be specified for multiple or local sources")]
    public async Task Mistakes_get_Dockers_words(string instructions, string expected)
    {
        await using BuildFixture fixture = Context();
        var exception = await Assert.ThrowsAsync<EngineException>(() => fixture.BuildAsync("FROM base\n" + instructions));
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("600", "600 600")]
    [InlineData("u=rwX,go=rX", "644 755")]
    [InlineData("a+x", "755 755")]
    [InlineData("go-rwx,u+s", "4600 4700")]
    [InlineData("g=u,o=", "660 770")]
    public async Task Modes_are_octal_or_symbolic(string mode, string expected)
    {
        await using BuildFixture fixture = Context();
        BuiltImage image = await fixture.BuildAsync($"FROM base\nCOPY --chmod={mode} dir /x");
        Assert.Equal(expected, string.Join(' ', new[] { "x/c.txt", "x/sub" }.Select(path => Convert.ToString((int)File.GetUnixFileMode(Path.Combine(image.Tree, path)), 8))));
    }

    [Fact]
    public async Task A_linked_layer_finds_owners_names_in_the_image_below()
    {
        await using BuildFixture fixture = Context();
        fixture.Runner.Act = (root, _) =>
        {
            Directory.CreateDirectory(Path.Combine(root, "etc"));
            File.WriteAllText(Path.Combine(root, "etc/passwd"), "me:x:0:0::/:/bin/sh\n");
            return 0;
        };
        BuiltImage image = await fixture.BuildAsync("FROM base\nRUN passwd\nCOPY --link --chown=me a.txt /x");
        Assert.True(image.Has("x"));
    }

    [Fact]
    public async Task Ignored_files_are_not_in_the_context()
    {
        await using BuildFixture fixture = Context().With(".dockerignore", "*\n!dir\n**/*.md\n");
        BuiltImage image = await fixture.BuildAsync("FROM base\nCOPY . /x/");
        Assert.True(image.Has("x/dir/sub/d.txt"));
        Assert.False(image.Has("x/a.txt") || image.Has("x/dir/sub/e.md") || image.Has("x/Dockerfile") || image.Has("x/.dockerignore"));
    }

    [Fact]
    public async Task Rules_beside_the_Dockerfile_go_first()
    {
        await using BuildFixture fixture = Context().With(".dockerignore", "a.txt").With("Dockerfile.dockerignore", "b.txt");
        BuiltImage image = await fixture.BuildAsync("FROM base\nCOPY *.txt /x/");
        Assert.True(image.Has("x/a.txt"));
        Assert.False(image.Has("x/b.txt"));
    }

    [Fact]
    public async Task Modes_and_owners_are_set_and_names_found_in_the_image()
    {
        await using BuildFixture fixture = Context().With("passwd", "root:x:0:0::/:/bin/sh\napp:x:1234:1235::/:/bin/sh\n").With("group", "web:x:77:\n");
        BuiltImage image = await fixture.BuildAsync("""
            FROM base
            COPY passwd group /etc/
            COPY --chown=app --chmod=0640 a.txt /owned/a
            COPY --chown=app:web a.txt /b
            COPY --chown=5 a.txt /c
            COPY --chown=5:6 dir /d
            """);
        Assert.Equal("640 1234:1235 1234:1235", $"{Mode(image, "owned/a")} {Owner(image, "owned/a")} {Owner(image, "owned")}");
        Assert.Equal("1234:77 5:5 5:6 5:6", $"{Owner(image, "b")} {Owner(image, "c")} {Owner(image, "d")} {Owner(image, "d/sub/d.txt")}");
    }

    [Fact]
    public async Task A_link_in_the_context_cannot_lead_out_of_it()
    {
        await using BuildFixture fixture = Context();
        string? outside = null;
        var exception = await Assert.ThrowsAsync<EngineException>(() => fixture.BuildAsync("FROM base\nCOPY link /x", request =>
        {
            File.CreateSymbolicLink(Path.Combine(request.ContextPath, "link"), "/../../../../../../../etc/hostname");
            outside = request.ContextPath;
            return request;
        }));
        Assert.Contains("file does not exist", exception.Message, StringComparison.Ordinal);
        Assert.NotNull(outside);
    }

    [Fact]
    public async Task A_link_below_a_copied_directory_stays_a_link_and_the_target_is_not_followed_when_written()
    {
        await using BuildFixture fixture = Context();
        BuiltImage image = await fixture.BuildAsync("FROM base\nCOPY dir /x\nCOPY a.txt /x/link", request =>
        {
            File.CreateSymbolicLink(Path.Combine(request.ContextPath, "dir/link"), "/c.txt");
            return request;
        });
        Assert.Equal("a", image.Read("x/link"));
        Assert.Null(new FileInfo(Path.Combine(image.Tree, "x/link")).LinkTarget);
    }

    [Fact]
    public async Task Variables_in_here_documents_are_replaced_unless_quoted()
    {
        await using BuildFixture fixture = Context();
        BuiltImage image = await fixture.BuildAsync("FROM base\nCOPY <<one <<'two' /\n\"$A\" 'it\\$s'\none\n$A\ntwo");
        Assert.Equal("\"base\" 'it$s'\n", image.Read("one"));
        Assert.Equal("$A\n", image.Read("two"));
    }

    [Fact]
    public async Task Archives_are_unpacked_by_add_and_not_by_copy()
    {
        await using BuildFixture fixture = Context();
        BuiltImage image = await fixture.BuildAsync("FROM base\nADD t.tgz /unpacked\nCOPY t.tgz /kept.tgz\nADD a.txt /plain", request =>
        {
            using var file = new FileStream(Path.Combine(request.ContextPath, "t.tgz"), FileMode.CreateNew);
            using var gzip = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionLevel.Fastest);
            using var tar = new System.Formats.Tar.TarWriter(gzip);
            tar.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "in/file") { DataStream = new MemoryStream("x"u8.ToArray()) });
            return request;
        });
        Assert.Equal("x", image.Read("unpacked/in/file"));
        Assert.True(image.Has("kept.tgz") && image.Has("plain"));
    }

    private static string Owner(BuiltImage image, string path)
    {
        Linux.Files.FileStatus status = Linux.Files.FileTree.Status(Path.Combine(image.Tree, path))!.Value;
        return $"{status.UserId}:{status.GroupId}";
    }

    private static string Mode(BuiltImage image, string path) =>
        Convert.ToString(Linux.Files.FileTree.Status(Path.Combine(image.Tree, path))!.Value.Permissions, 8);
}
