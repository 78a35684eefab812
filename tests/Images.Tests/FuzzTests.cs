using System.Text;
using Argosy.Core;
using Argosy.Images.Manifests;
using Argosy.Linux;
using Argosy.Linux.Archives;
using Argosy.Linux.Files;
using Argosy.Testing;
using Xunit.Abstractions;

namespace Argosy.Images.Tests;

/// <summary>Whatever comes from outside is taken or refused in words; nothing else happens, and nothing is written outside.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const string Digest64 = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    [Fact]
    public void References()
    {
        string[] seeds = ["busybox", "docker.io/library/busybox:latest", "localhost:5000/a/b_c.d-e/f:tag", "[::1]:5000/x@" + Digest64, "a.b/c:1@" + Digest64, "A/b", "a//b", ":x", "@"];
        string[] tokens = ["/", ":", "@", "sha256:", "docker.io/", "..", "__", "[", "]", "\0", "\u00e9", Digest64, new string('a', 300)];
        Run(new Fuzzer(seeds.Select(Encoding.UTF8.GetBytes), tokens), 300_000, input =>
        {
            string text = Encoding.UTF8.GetString(input);
            if (ImageReference.TryParse(text, out ImageReference? reference))
                Assert.Equal(reference, ImageReference.Parse(reference.ToString()));
        });
    }

    [Fact]
    public void Manifests_indexes_and_configurations()
    {
        string descriptor = """{"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"DIGEST","size":123,"annotations":{"a":"b"},"platform":{"architecture":"amd64","os":"linux","variant":"v8"}}""";
        string[] templates =
        [
            """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":DESCRIPTOR,"layers":[DESCRIPTOR,DESCRIPTOR]}""",
            """{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[DESCRIPTOR]}""",
            """{"architecture":"amd64","os":"linux","created":"2024-01-02T03:04:05.123456789Z","config":{"Env":["A=b"],"Cmd":["x"],"ExposedPorts":{"80/tcp":{}},"Volumes":{"/v":{}},"Labels":{"a":"b"},"Healthcheck":{"Test":["CMD","x"],"Interval":1000000000}},"rootfs":{"type":"layers","diff_ids":["DIGEST"]},"history":[{"created":"2024-01-02T03:04:05Z","created_by":"x","empty_layer":true}]}""",
            "[]", "null", "{}", "{\"layers\":null,\"config\":null,\"rootfs\":null}",
        ];
        IEnumerable<string> seeds = templates.Select(template => template.Replace("DESCRIPTOR", descriptor, StringComparison.Ordinal).Replace("DIGEST", Digest64, StringComparison.Ordinal));
        string[] tokens = ["null", "[]", "{}", "\"\"", "-1", "1e400", "9223372036854775808", "\"sha256:\"", "\\u0000", "\\ud800", "\"layers\":", "\"config\":", "\"rootfs\":null,", "\"diff_ids\":null", new string('[', 100)];
        Run(new Fuzzer(seeds.Select(Encoding.UTF8.GetBytes), tokens), 50_000, input =>
        {
            Refusable(() => Documents.ParseManifest(input));
            Refusable(() => PlatformChoice.Choose(Documents.ParseIndex(input), Platform.Host));
            Refusable(() => ChainId.All(ImageConfigFile.Parse(input).RootFs.DiffIds));
        });
    }

    [Fact]
    [Trait("Needs", "Root")]
    public void Archives()
    {
        string work = Directory.CreateTempSubdirectory("argosy-fuzz-").FullName;
        string[] outside = ["sentinel", "escape", "file"];
        File.WriteAllText(Path.Combine(work, "sentinel"), "untouched");
        string root = Path.Combine(work, "root");
        var options = new ExtractOptions { Whiteouts = true, MaximumBytes = 1 << 20, MaximumEntries = 1000 };
        string[] tokens = ["../", "../../escape", "/escape", "link/", "./", "//", ".wh.", ".wh..wh..opq", "\0", "SCHILY.xattr.", "30 mtime=1.5\n", "GNU.sparse.", "path=", "linkpath=", "hdrcharset=", "77777777777", new string('x', 100)];
        try
        {
            Run(new Fuzzer(ArchiveSeeds(), tokens), 80_000, input =>
            {
                Directory.CreateDirectory(root);
                Refusable(() => TarExtractor.Extract(new MemoryStream(input), root, options));
                FileTree.Remove(root);
                Assert.Equal("untouched", File.ReadAllText(Path.Combine(work, outside[0])));
                Assert.Equal(["sentinel"], Directory.EnumerateFileSystemEntries(work).Select(Path.GetFileName));
                Assert.False(File.Exists("/escape"));
            }, Tar.MendChecksums);
        }
        finally
        {
            FileTree.Remove(work);
        }
    }

    private void Run(Fuzzer fuzzer, int inputs, Action<byte[]> target, Action<byte[]>? mend = null)
    {
        try
        {
            fuzzer.Run(inputs, target, mend);
        }
        finally
        {
            output.WriteLine($"ARGOSY_FUZZ_SEED={fuzzer.Seed}: {fuzzer.Count} inputs");
        }
    }

    /// <summary>May be refused, with a sentence; nothing else may be thrown.</summary>
    private static void Refusable(Action parse)
    {
        try
        {
            parse();
        }
        catch (Exception exception) when (exception is EngineException { Kind: not ErrorKind.Internal } or ArchiveException or LinuxException)
        {
            Assert.NotEmpty(exception.Message);
        }
    }

    private static IEnumerable<byte[]> ArchiveSeeds()
    {
        yield return Tar.Of(Tar.Directory("./"), Tar.Directory("dir/"), Tar.File("dir/file", "content"), Tar.Link("link", "dir"), Tar.HardLink("hard", "dir/file"));
        yield return Tar.Of(Tar.Link("link", "/tmp"), Tar.File("link/file", "x"));
        yield return Tar.Of(Tar.Link("link", ".."), Tar.HardLink("mine", "link/sentinel"), Tar.File("mine", "changed"));
        yield return Tar.Of(Tar.Directory("dir/"), Tar.File("dir/.wh.gone", ""), Tar.File("dir/.wh..wh..opq", ""), Tar.File(".wh.all", ""));
        yield return Tar.Of(
            (new TarEntry { Path = UnixPath.Of("attributes"), Type = FileType.Regular, UserId = 3_000_000_000, Modified = Tar.Time, Attributes = [new("user.a", [0, 1, 255]), new("trusted.overlay.opaque", "y"u8.ToArray())] }, "x"u8.ToArray()),
            (new TarEntry { Path = UnixPath.Of("null"), Type = FileType.CharacterDevice, Device = (1, 3) }, []),
            (new TarEntry { Path = UnixPath.Of(new string('n', 240)), Type = FileType.Fifo }, []));
        yield return Tar.Of(
            (new TarEntry { Path = UnixPath.Of("sparse"), Type = FileType.Regular, Size = 3 << 20, Extents = [new(1 << 20, 4)] }, new byte[64]), Tar.File("after", "x"));
        yield return Tar.Of(Tar.File("a", "1"), Tar.Directory("a/"), Tar.File("a/b", "2"), Tar.File("a", "3"));
        yield return [];
    }
}
