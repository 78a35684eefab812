using System.Text.Json.Nodes;
using Argosy.CompatTests.DockerCli;
using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.Interop;

/// <summary>What the API of newer versions than Debian's dockerd says about images and registries.</summary>
[Trait("Needs", "Root")]
public sealed class RegistryApiTests : IAsyncLifetime
{
    private Argosyd us = null!;

    public async Task InitializeAsync() => us = await Argosyd.StartAsync(new PrivateDaemonOptions());

    public async Task DisposeAsync() => await us.DisposeAsync();

    [Fact]
    public async Task Lists_and_inspect_show_an_images_manifest_when_asked()
    {
        EngineApi api = us.Daemon.Api;
        Assert.Null((await api.GetAsync("/v1.51/images/busybox/json"))["Manifests"]);
        JsonNode manifest = (await api.GetAsync("/v1.51/images/busybox/json?manifests=1"))["Manifests"]![0]!;
        JsonNode listed = (await api.GetAsync("/v1.51/images/json?manifests=1"))[0]!["Manifests"]![0]!;
        Assert.Equal(manifest.ToJsonString(), listed.ToJsonString());
        Assert.Equal(("image", true, "linux"), ((string?)manifest["Kind"], (bool?)manifest["Available"], (string?)manifest["ImageData"]!["Platform"]!["os"]));
        Assert.Equal((string?)manifest["ID"], (string?)manifest["Descriptor"]!["digest"]);
        long content = (long)manifest["Size"]!["Content"]!, unpacked = (long)manifest["ImageData"]!["Size"]!["Unpacked"]!;
        Assert.Equal(content + unpacked, (long)manifest["Size"]!["Total"]!);
        // The sum of the blobs, which lie in an OCI layout.
        Assert.Equal(Directory.EnumerateFiles($"{us.Daemon.DataRoot}/content/blobs/sha256").Sum(file => new FileInfo(file).Length), content);
        Assert.Null((await api.GetAsync("/v1.46/images/json?manifests=1"))[0]!["Manifests"]);
    }

    [Fact]
    public async Task A_platform_that_an_image_has_not_is_not_found()
    {
        string other = Uri.EscapeDataString("""{"os":"linux","architecture":"s390x"}""");
        foreach (string path in (string[])["images/busybox/json", "images/busybox/history"])
        {
            ApiAnswer answer = await us.Daemon.Api.SendAsync(HttpMethod.Get, $"/v1.51/{path}?platform={other}");
            Assert.Equal((404, "image with reference busybox was found but does not provide the specified platform (linux/s390x)"), (answer.Status, answer.Message));
        }
        string ours = Uri.EscapeDataString("""{"os":"linux","architecture":"amd64"}""");
        Assert.Equal(200, (await us.Daemon.Api.SendAsync(HttpMethod.Get, $"/v1.51/images/busybox/history?platform={ours}")).Status);
    }

    [Fact]
    public async Task One_platform_of_an_image_is_saved_and_removed_when_it_is_the_one_that_it_has()
    {
        EngineApi api = us.Daemon.Api;
        string ours = Uri.EscapeDataString("""{"os":"linux","architecture":"amd64"}"""), other = Uri.EscapeDataString("""{"os":"linux","architecture":"s390x"}""");
        const string Missing = "image with reference one:1 was found but does not provide the specified platform (linux/s390x)";
        await api.PostAsync("images/busybox/tag?repo=one&tag=1");
        ApiAnswer whole = await api.SendAsync(HttpMethod.Get, "/v1.51/images/get?names=one:1"), part = await api.SendAsync(HttpMethod.Get, $"/v1.51/images/get?names=one:1&platform={ours}");
        Assert.Equal((200, 200), (whole.Status, part.Status));
        Assert.Equal(whole.Body, part.Body);
        foreach ((HttpMethod method, string path, int status, string message) in new[]
        {
            // The bare name stands for its tags, and the one that does not fit is named.
            (HttpMethod.Get, $"images/get?names=one&platform={other}", 404, Missing),
            (HttpMethod.Get, $"images/get?names=one:1&platform={ours}&platform={other}", 400, "multiple platform parameters not supported"),
            (HttpMethod.Get, "images/get?names=one:1&platform=%7B%22os%22%3A%22linux%22%7D", 400, "both OS and Architecture must be provided"),
            (HttpMethod.Delete, $"images/one:1?platforms={other}", 404, Missing),
            (HttpMethod.Delete, $"images/one:1?platforms={ours}&platforms={other}", 400, "multiple platforms are not supported"),
        })
        {
            ApiAnswer refused = await api.SendAsync(method, $"/v1.51/{path}");
            Assert.Equal((status, message), (refused.Status, refused.Message));
        }
        Assert.Equal("one:1", (string?)(await api.SendAsync(HttpMethod.Delete, $"/v1.51/images/one:1?platforms={ours}")).Succeeded().Json[0]!["Untagged"]);
        ShellResult wrong = await Shell.RunAsync(Repository.Cli, ["-H", us.Daemon.Host, "rmi", "--platform", "linux/s390x", "busybox"]);
        Assert.Equal(1, wrong.ExitCode);
        Assert.Contains("does not provide the specified platform (linux/s390x)", wrong.Error, StringComparison.Ordinal);
    }

    [FactWith("docker-registry", "docker")]
    public async Task Credentials_come_in_every_form_that_clients_send()
    {
        await using RegistryProcess registry = await DockerRegistry.StartWithPasswordAsync(us);
        await Script.RunAsync(us, "headers.txt", new Dictionary<string, string?> { ["REGISTRY"] = registry.Address });
    }

    [Theory]
    [InlineData("ftp://mirror", "invalid mirror: unsupported scheme \"ftp\" in \"ftp://mirror\"")]
    [InlineData("https://mirror/path", "invalid mirror: path, query, or fragment at end of the URI \"https://mirror/path\"")]
    [InlineData("mirror", "invalid mirror: \"mirror\" is not a valid URI")]
    public async Task A_mirror_that_is_none_ends_the_daemon_with_dockerds_words(string mirror, string error)
    {
        ShellResult ended = await Shell.RunAsync(Repository.Daemon, ["--data-root", "/tmp/argosy-none", "--exec-root", "/tmp/argosy-none", "--registry-mirror", mirror]);
        Assert.Equal((1, $"argosyd: {error}"), (ended.ExitCode, ended.Error.Trim()));
    }

    [Fact]
    public async Task Info_tells_how_registries_are_reached()
    {
        var configuration = new JsonObject
        {
            ["insecure-registries"] = new JsonArray("insecure.example.com:5000", "10.1.0.0/16"),
            ["registry-mirrors"] = new JsonArray("https://mirror.example.com"),
            ["proxies"] = new JsonObject { ["https-proxy"] = "http://me:secret@proxy.example.com:3128", ["no-proxy"] = "example.com" },
        };
        await using Argosyd configured = await Argosyd.StartAsync(new PrivateDaemonOptions { WithBusybox = false, Configuration = configuration });
        JsonNode info = await configured.Daemon.Api.GetAsync("info");
        JsonNode registries = info["RegistryConfig"]!;
        Assert.Contains("10.1.0.0/16", registries["InsecureRegistryCIDRs"]!.AsArray().Select(item => (string?)item));
        Assert.Contains("127.0.0.0/8", registries["InsecureRegistryCIDRs"]!.AsArray().Select(item => (string?)item));
        Assert.Equal((false, false), ((bool?)registries["IndexConfigs"]!["insecure.example.com:5000"]!["Secure"], (bool?)registries["IndexConfigs"]!["insecure.example.com:5000"]!["Official"]));
        Assert.Equal((true, "https://mirror.example.com/"), ((bool?)registries["IndexConfigs"]!["docker.io"]!["Official"], (string?)registries["Mirrors"]![0]));
        Assert.Equal(("http://xxxxx:xxxxx@proxy.example.com:3128", "example.com"), ((string?)info["HttpsProxy"], (string?)info["NoProxy"]));
    }
}
