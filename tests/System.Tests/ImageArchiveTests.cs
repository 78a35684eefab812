using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Images that leave and come back as archives, and what other programs make of them and of our content store.</summary>
[Trait("Needs", "Root")]
public sealed class ImageArchiveTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>, IDisposable
{
    private readonly PrivateDaemon daemon = fixture.Daemon;
    private readonly string work = Directory.CreateTempSubdirectory("argosy-archive-").FullName;

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Fact]
    public async Task Several_images_in_one_archive_are_read_as_docker_archive_and_as_OCI_layout()
    {
        await BuildAsync("several/one:1", "FROM busybox\nRUN echo 1 > /one\n");
        await BuildAsync("several/two:2", "FROM busybox\nRUN echo 2 > /two\n");
        string archive = await SaveAsync("several/one:1", "several/two:2");
        string one = await IdAsync("several/one:1"), two = await IdAsync("several/two:2");
        foreach ((string name, string id) in new[] { ("several/one:1", one), ("several/two:2", two) })
            Assert.Equal(id, "sha256:" + (await Shell.ShAsync($"skopeo inspect --raw --config docker-archive:{archive}:{name} | sha256sum | cut -d' ' -f1")).Trim());
        await Shell.ShAsync($"mkdir {work}/layout && tar -C {work}/layout -xf {archive}");
        string[] configurations = [.. (await Shell.ShAsync($"""
            cd {work}/layout; for m in $(jq -r '.manifests[].digest' index.json | cut -d: -f2); do jq -r .config.digest blobs/sha256/$m; done
            """)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order()];
        Assert.Equal(new[] { one, two }.Order(), configurations);

        foreach (string compressed in new[] { archive, await ShFileAsync("gz", $"gzip -k {archive}"), await ShFileAsync("zst", $"bsdtar --zstd -cf {archive}.zst @{archive}") })
        {
            await daemon.Api.DeleteAsync("images/several/one:1?force=1");
            await daemon.Api.DeleteAsync("images/several/two:2?force=1");
            await LoadAsync(compressed);
            Assert.Equal((one, two), (await IdAsync("several/one:1"), await IdAsync("several/two:2")));
        }
        Assert.Equal("1\n", (await daemon.Api.RunToEndAsync(Containers.Busybox("cat", "/one").With("Image", "several/one:1"))).Output);
    }

    [Fact]
    public async Task An_OCI_layout_alone_and_a_docker_archive_of_others_are_loaded()
    {
        await BuildAsync("other:1", "FROM busybox\nRUN echo x > /x\n");
        string id = await IdAsync("other:1"), archive = await SaveAsync("other:1");
        await Shell.ShAsync($"""
            set -e; cd {work}
            skopeo copy -q docker-archive:{archive}:other:1 docker-archive:{work}/docker.tar:from/docker:1
            skopeo copy -q docker-archive:{archive}:other:1 oci-archive:{work}/oci.tar:from/oci:1
            """);
        await LoadAsync($"{work}/docker.tar");
        await LoadAsync($"{work}/oci.tar");
        Assert.Equal(id, await IdAsync("from/docker:1"));
        Assert.Equal("x\n", (await daemon.Api.RunToEndAsync(Containers.Busybox("cat", "/x").With("Image", "from/oci:1"))).Output);
    }

    [Fact]
    public async Task Skopeo_and_umoci_read_the_content_store_as_an_OCI_layout()
    {
        await BuildAsync("stored:1", "FROM busybox\nRUN mkdir /d && echo a > /d/a && echo b > /d/b\nRUN rm -r /d && mkdir /d && echo c > /d/c && rm /bin/vi && mv /etc/group /etc/gruppe\n");
        string content = Path.Combine(daemon.DataRoot, "content");
        Assert.Contains("docker.io/library/stored:1", await Shell.ShAsync($"umoci list --layout {content}"), StringComparison.Ordinal);
        // umoci does not take a name with colons, and skopeo takes it as the part behind the first.
        await Shell.ShAsync($"skopeo copy -q oci:{content}:docker.io/library/stored:1 oci:{work}/copy:stored; umoci raw unpack --image {work}/copy:stored {work}/theirs");
        await CompareWithExportAsync("stored:1", $"{work}/theirs");
    }

    [Fact]
    public async Task A_commit_with_deleted_and_replaced_directories_is_the_same_tree_to_umoci()
    {
        await BuildAsync("base:1", "FROM busybox\nRUN mkdir -p /keep/sub /gone /swap /tofile && touch /keep/sub/a /keep/b /gone/c /swap/d /tofile/e && echo f > /todir && ln -s keep /link\n");
        string id = await daemon.Api.RunAsync(Containers.Script("""
            rm -r /gone /keep/b; rm -r /swap; mkdir -m 700 /swap; echo new > /swap/new; rm -r /tofile; echo file > /tofile
            rm /todir; mkdir /todir; echo in > /todir/in; rm /link; mkdir /link; mv /keep/sub /keep/moved; chown 5:6 /keep; chmod 4711 /bin/busybox; mkfifo /pipe
            """).With("Image", "base:1"));
        Assert.Equal(0, await daemon.Api.WaitAsync(id));
        await daemon.Api.PostAsync($"commit?container={id}&repo=committed&tag=1&author=me&comment=why&changes={Uri.EscapeDataString("ENV A=b\nCMD [\"cat\", \"/swap/new\"]")}");
        JsonNode image = await daemon.Api.GetAsync("images/committed:1/json");
        Assert.Equal(("me", "why"), ((string?)image["Author"], (string?)image["Comment"]));
        Assert.Contains("A=b", image["Config"]!["Env"]!.AsArray().Select(item => (string?)item));
        Assert.Equal("new\n", (await daemon.Api.RunToEndAsync(new JsonObject { ["Image"] = "committed:1", ["HostConfig"] = new JsonObject() })).Output);

        string archive = await SaveAsync("committed:1");
        await Shell.ShAsync($"skopeo copy -q docker-archive:{archive}:committed:1 oci:{work}/oci:x; umoci raw unpack --image {work}/oci:x {work}/theirs");
        await CompareWithExportAsync("committed:1", $"{work}/theirs");
        await daemon.Api.RemoveAsync(id);
    }

    [Fact]
    public async Task An_image_of_a_hundred_and_twenty_layers_is_built_saved_loaded_and_run()
    {
        (string, byte[])[] files = [.. Enumerable.Range(0, 119).Select(number => ($"f{number}", Encoding.UTF8.GetBytes($"{number}\n")))];
        await BuildAsync("deep:1", "FROM busybox\n" + string.Concat(files.Select(file => $"COPY {file.Item1} /deep/{file.Item1}\n")), files);
        Assert.Equal(120, (await daemon.Api.GetAsync("images/deep:1/json"))["RootFS"]!["Layers"]!.AsArray().Count);
        string id = await IdAsync("deep:1"), archive = await SaveAsync("deep:1");
        await daemon.Api.PostAsync("build/prune?all=1");
        await daemon.Api.DeleteAsync("images/deep:1?force=1");
        await LoadAsync(archive);
        Assert.Equal(id, await IdAsync("deep:1"));
        ShellResult run = await daemon.Api.RunToEndAsync(Containers.Script("ls /deep | wc -l; cat /deep/f118; rm -r /deep; ls /").With("Image", "deep:1"));
        Assert.StartsWith("119\n118\n", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("deep", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_is_imported_from_a_web_server_with_changes()
    {
        string tar = await TestImages.BusyboxTarAsync();
        using var server = new HttpListener();
        string address = $"http://{Ports.Own(8000)}/";
        server.Prefixes.Add(address);
        server.Start();
        Task serving = ServeAsync(server, tar);
        string changes = Uri.EscapeDataString("CMD [\"cat\", \"/etc/passwd\"]");
        ApiAnswer answer = await daemon.Api.PostAsync($"images/create?fromSrc={Uri.EscapeDataString(address + "root.tar")}&repo=fetched&tag=1&changes={changes}");
        Assert.DoesNotContain("\"error\"", answer.Text, StringComparison.Ordinal);
        Assert.Contains("root:x:0:0", (await daemon.Api.RunToEndAsync(new JsonObject { ["Image"] = "fetched:1", ["HostConfig"] = new JsonObject() })).Output, StringComparison.Ordinal);
        Assert.Equal("Imported from " + address + "root.tar", (string?)(await daemon.Api.GetAsync("images/fetched:1/history"))[0]!["Comment"]);
        ApiAnswer missing = await daemon.Api.SendAsync(HttpMethod.Post, $"images/create?fromSrc={Uri.EscapeDataString(address + "missing.tar")}");
        Assert.Contains("404", missing.Text, StringComparison.Ordinal);
        server.Stop();
        await serving;
    }

    [Fact]
    public async Task What_system_df_says_of_layers_is_what_du_counts()
    {
        await BuildAsync("counted:1", "FROM busybox\nRUN dd if=/dev/zero of=/big bs=1000 count=3000 && ln /big /same && truncate -s 5000000 /sparse\nRUN echo x >> /big\n");
        JsonNode usage = await daemon.Api.GetAsync("system/df");
        long said = (long)usage["LayersSize"]! + usage["BuildCache"]!.AsArray().Where(entry => !(bool)entry!["Shared"]!).Sum(entry => (long)entry!["Size"]!);
        // Files alone: what a directory or a link takes is the file system's affair. One of several links is counted once.
        string counted = await Shell.ShAsync($"find {daemon.DataRoot}/layers -type f -printf '%i %s\\n' | sort -u | awk '{{ s += $2 }} END {{ printf \"%.0f\", s }}'");
        Assert.Equal(counted, $"{said}");
    }

    private static async Task ServeAsync(HttpListener server, string tar)
    {
        try
        {
            while (true)
            {
                HttpListenerContext request = await server.GetContextAsync();
                request.Response.StatusCode = request.Request.RawUrl == "/root.tar" ? 200 : 404;
                if (request.Response.StatusCode == 200)
                    await request.Response.OutputStream.WriteAsync(await File.ReadAllBytesAsync(tar));
                request.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private Task BuildAsync(string tag, string dockerfile, params (string, byte[])[] files) => ImageCrashWorker.BuildAsync(daemon.Api, tag, dockerfile, files);

    private async Task<string> IdAsync(string image) => (string)(await daemon.Api.GetAsync($"images/{image}/json"))["Id"]!;

    private async Task<string> SaveAsync(params string[] images)
    {
        string path = Path.Combine(work, $"saved-{images.Length}.tar");
        byte[] archive = (await daemon.Api.SendAsync(HttpMethod.Get, "images/get?" + string.Join('&', images.Select(image => "names=" + Uri.EscapeDataString(image))))).Succeeded().Body;
        await File.WriteAllBytesAsync(path, archive);
        return path;
    }

    private async Task LoadAsync(string archive)
    {
        await using FileStream content = File.OpenRead(archive);
        Assert.Contains("Loaded image", await daemon.Api.UploadAsync(HttpMethod.Post, "images/load?quiet=1", content), StringComparison.Ordinal);
    }

    /// <summary>A container's export has what a process sees in it: everything of the image, nothing else.</summary>
    private async Task CompareWithExportAsync(string image, string theirs)
    {
        string id = await daemon.Api.CreateAsync(new JsonObject { ["Image"] = image, ["Cmd"] = new JsonArray("true"), ["HostConfig"] = new JsonObject() });
        await File.WriteAllBytesAsync($"{work}/export.tar", (await daemon.Api.SendAsync(HttpMethod.Get, $"containers/{id}/export")).Succeeded().Body);
        await daemon.Api.RemoveAsync(id);
        const string Describe = "find . -mindepth 1 \\( -type d -printf '%p %y %m %U:%G\\n' -o -type l -printf '%p %y %U:%G %l\\n' -o -printf '%p %y %m %U:%G %s %n\\n' \\) | LC_ALL=C sort; find . -type f -exec sha256sum {} + | LC_ALL=C sort -k 2";
        string ours = await Shell.ShAsync($"mkdir -p {work}/ours && bsdtar --numeric-owner -C {work}/ours -xpf {work}/export.tar && cd {work}/ours && {Describe}");
        Assert.Equal(await Shell.ShAsync($"cd {theirs} && {Describe}"), ours);
    }

    private async Task<string> ShFileAsync(string suffix, string command)
    {
        await Shell.ShAsync(command);
        return $"{work}/saved-2.tar.{suffix}";
    }
}
