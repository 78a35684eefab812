using System.Diagnostics;
using System.Formats.Tar;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Contexts that the engine fetches, networks of steps, and what the argosy client hands over and takes back.</summary>
[Trait("Needs", "Root")]
public sealed class BuildRemoteTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>, IDisposable
{
    private readonly PrivateDaemon daemon = fixture.Daemon;
    private readonly BuildClient client = new(fixture.Daemon);
    private readonly string directory = Directory.CreateTempSubdirectory("argosy-remote-").FullName;

    public void Dispose()
    {
        client.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_repository_is_a_context_and_a_source_of_ADD()
    {
        await Shell.ShAsync($"""
            set -e
            cd {directory} && git init -q -b main repo && cd repo && mkdir sub && echo root > file && echo below > sub/file
            printf 'FROM busybox\nCOPY . /ctx/\nRUN cat /ctx/file && ls -A /ctx\n' | tee Dockerfile > sub/Dockerfile
            git add . && git -c user.name=t -c user.email=t@t commit -qm one && git branch other && echo newer > file && git -c user.name=t -c user.email=t@t commit -qam two
            """);
        IPEndPoint at = Ports.Own(9418);
        using Process server = Process.Start("git", ["daemon", $"--base-path={directory}", "--export-all", $"--listen={at.Address}", $"--port={at.Port}", "--reuseaddr"]);
        try
        {
            await Poll.UntilAsync(() => Answers(at), "git daemon answers");
            string url = $"git://{at}/repo";
            Assert.Contains("newer\nDockerfile\nfile\nsub\n", await client.BuildAsync($"remote={Uri.EscapeDataString(url)}", ""), StringComparison.Ordinal);
            Assert.Contains("below\nDockerfile\nfile\n", await client.BuildAsync($"remote={Uri.EscapeDataString(url + "#other:sub")}", ""), StringComparison.Ordinal);
            string added = await client.BuildAsync("", $"FROM busybox\nADD --chown=5 {url}#other:sub /x\nADD --keep-git-dir {url} /kept/\nRUN cat /x/file /kept/file && stat -c %u /x/file && ls -d /kept/.git && ! ls -d /x/.git");
            Assert.Contains("below\nnewer\n5\n/kept/.git\n", added, StringComparison.Ordinal);
            (_, string? error) = await client.TryAsync("", $"FROM busybox\nADD {url}#nosuch /x");
            Assert.Contains("git fetch ended with 128", error, StringComparison.Ordinal);
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task An_address_gives_a_Dockerfile_or_an_archive()
    {
        using var archive = new MemoryStream();
        await using (var writer = new TarWriter(archive, leaveOpen: true))
        {
            foreach ((string name, string text) in ((string, string)[])[("Dockerfile", "FROM busybox\nCOPY a /a\nRUN cat /a"), ("a", "from the archive\n")])
            {
                using var data = new MemoryStream(Encoding.UTF8.GetBytes(text));
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
            }
        }
        IPEndPoint at = Ports.Own(8000);
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://{at}/");
        listener.Start();
        Task serving = ServeAsync(listener, archive.ToArray());
        Assert.Contains("from the archive\n", await client.BuildAsync($"remote={Uri.EscapeDataString($"http://{at}/context.tar")}", ""), StringComparison.Ordinal);
        Assert.Contains("lone\n", await client.BuildAsync($"remote={Uri.EscapeDataString($"http://{at}/Dockerfile")}", ""), StringComparison.Ordinal);
        string added = await client.BuildAsync("", $"FROM busybox\nADD http://{at}/context.tar /as-it-is\nADD --unpack http://{at}/context.tar /unpacked/\nRUN cat /unpacked/a && stat -c %a /as-it-is");
        Assert.Contains("from the archive\n600\n", added, StringComparison.Ordinal);
        (_, string? error) = await client.TryAsync($"remote={Uri.EscapeDataString($"http://{at}/absent")}", "");
        Assert.Contains("status 404", error, StringComparison.Ordinal);
        listener.Stop();
        await serving;
    }

    [Fact]
    public async Task Steps_join_networks_and_containers()
    {
        await daemon.Api.PostAsync("networks/create", new JsonObject { ["Name"] = "steps" });
        string id = (string)(await daemon.Api.PostAsync("containers/create?name=neighbour", new JsonObject
        {
            ["Image"] = "busybox",
            ["Cmd"] = new JsonArray("sleep", "600"),
            ["HostConfig"] = new JsonObject { ["NetworkMode"] = "steps" },
        })).Json["Id"]!;
        await daemon.Api.PostAsync($"containers/{id}/start");
        Assert.Contains("neighbour", await client.BuildAsync("networkmode=steps", "FROM busybox\nRUN nslookup neighbour 2>&1 | grep neighbour"), StringComparison.Ordinal);
        string address = (string)(await daemon.Api.GetAsync($"containers/{id}/json"))["NetworkSettings"]!["Networks"]!["steps"]!["IPAddress"]!;
        Assert.Contains(address, await client.BuildAsync("networkmode=container:neighbour", "FROM busybox\nRUN ip address"), StringComparison.Ordinal);
        (_, string? error) = await client.TryAsync("networkmode=nosuch", "FROM busybox\nRUN true");
        Assert.Contains("nosuch", error, StringComparison.Ordinal);
        await daemon.RemoveAllAsync();
    }

    [Fact]
    public async Task The_argosy_client_hands_over_secrets_and_contexts_and_takes_files_back()
    {
        await Shell.ShAsync($"""
            set -e
            cd {directory} && mkdir ctx named && echo named > named/file && echo s3cret > token
            printf 'FROM scratch AS files\nCOPY --from=extra /file /from-extra\nFROM tools\nRUN --mount=type=secret,id=token --mount=type=secret,id=VARIABLE,env=V cat /run/secrets/token | wc -c > /length; echo "$V" | wc -c >> /length\nFROM files\nCOPY --from=1 /length /length\n' > ctx/Dockerfile
            """);
        ShellResult built = await ArgosyAsync(
            "build", "-t", "handed", "--secret", $"id=token,src={directory}/token", "--secret", "id=VARIABLE", "--build-context", $"extra={directory}/named", "--build-context", "tools=docker-image://busybox",
            "-o", $"{directory}/out", "-o", $"type=tar,dest={directory}/out.tar", "-o", $"type=oci,dest={directory}/oci.tar", "--metadata-file", $"{directory}/meta.json", "--iidfile", $"{directory}/id", $"{directory}/ctx");
        built.Succeeded();
        Assert.Equal(["from-extra", "length"], Directory.EnumerateFileSystemEntries($"{directory}/out").Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.Equal("7\n6\n", await File.ReadAllTextAsync($"{directory}/out/length"));
        Assert.Contains("from-extra", await Shell.ShAsync($"tar tf {directory}/out.tar"), StringComparison.Ordinal);
        Assert.Contains("index.json", await Shell.ShAsync($"tar tf {directory}/oci.tar"), StringComparison.Ordinal);
        string id = await File.ReadAllTextAsync($"{directory}/id");
        Assert.Equal(id, (string?)JsonNode.Parse(await File.ReadAllTextAsync($"{directory}/meta.json"))!["containerimage.config.digest"]);
        Assert.DoesNotContain("s3cret", built.Output + built.Error, StringComparison.Ordinal);
        Assert.Empty((await daemon.Api.GetAsync("containers/json?all=1")).AsArray());
        Assert.Contains("no such file", (await ArgosyAsync("build", "--secret", "id=absent", $"{directory}/ctx")).Error, StringComparison.Ordinal);
    }

    private Task<ShellResult> ArgosyAsync(params string[] arguments) =>
        Shell.RunAsync(Repository.Cli, arguments, environment: new Dictionary<string, string?> { ["DOCKER_HOST"] = daemon.Host, ["VARIABLE"] = "value" });

    private static async Task ServeAsync(HttpListener listener, byte[] archive)
    {
        while (listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            string path = context.Request.Url!.AbsolutePath;
            context.Response.StatusCode = path == "/absent" ? 404 : 200;
            context.Response.ContentType = path == "/Dockerfile" ? "text/plain" : "application/x-tar";
            await context.Response.OutputStream.WriteAsync(path == "/Dockerfile" ? "FROM busybox\nRUN echo lone"u8.ToArray() : path == "/absent" ? [] : archive);
            context.Response.Close();
        }
    }

    private static bool Answers(IPEndPoint at)
    {
        using var socket = new TcpClient();
        try
        {
            socket.Connect(at);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
