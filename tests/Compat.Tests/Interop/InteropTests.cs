using System.Text.Json.Nodes;
using Argosy.CompatTests.DockerCli;
using Argosy.CompatTests.Engines;
using Argosy.Testing;

namespace Argosy.CompatTests.Interop;

/// <summary>
/// One image of two layers with all that is easily lost, made by one engine and pushed to Debian's docker-registry, pulled by another:
/// the trees are the same, file by file.
/// </summary>
[Trait("Needs", "Root")]
public sealed class InteropTests : IAsyncLifetime
{
    private readonly string work = Directory.CreateTempSubdirectory("argosy-interop-").FullName;
    private Peers peers = null!;
    private Argosyd us = null!;
    private RegistryProcess registry = null!;

    public async Task InitializeAsync()
    {
        peers = new Peers(work);
        us = await Argosyd.StartAsync(new PrivateDaemonOptions { WithBusybox = false, Configuration = new JsonObject { ["insecure-registries"] = new JsonArray("10.0.0.0/8") } });
        registry = await DockerRegistry.StartAsync(us);
        await OddTree.MakeTarAsync(work);
    }

    public async Task DisposeAsync()
    {
        await registry.DisposeAsync();
        await us.DisposeAsync();
        await peers.DisposeAsync();
    }

    [FactWith("podman", "getfattr")]
    public async Task Podman_and_we_see_the_same_in_each_others_images()
    {
        await peers.PushFromPodmanAsync($"{registry.Address}/podman:1");
        Assert.Equal(await peers.ListInPodmanAsync($"{registry.Address}/podman:1"), await Peers.ListInEngineAsync(us, $"{registry.Address}/podman:1"));

        await Peers.PushFromEngineAsync(us, work, $"{registry.Address}/argosy:1");
        string ours = await Peers.ListInEngineAsync(us, $"{registry.Address}/argosy:1");
        Assert.Equal(ours, await peers.ListInPodmanAsync($"{registry.Address}/argosy:1"));
        Expect(ours);
    }

    [FactWith("umoci", "skopeo", "getfattr")]
    public async Task Umoci_with_skopeo_and_we_see_the_same_in_each_others_images()
    {
        await peers.PushFromUmociAsync($"{registry.Address}/umoci:1");
        string theirs = await peers.ListInUmociAsync($"{registry.Address}/umoci:1");
        Assert.Equal(theirs, await Peers.ListInEngineAsync(us, $"{registry.Address}/umoci:1"));
        Assert.Contains("./plain file 640", theirs, StringComparison.Ordinal);

        await Peers.PushFromEngineAsync(us, work, $"{registry.Address}/argosy:1");
        Assert.Equal(await Peers.ListInEngineAsync(us, $"{registry.Address}/argosy:1"), await peers.ListInUmociAsync($"{registry.Address}/argosy:1"));
    }

    [FactWith("dockerd", "docker", "getfattr")]
    public async Task Dockerd_and_we_see_the_same_in_each_others_images()
    {
        await using DockerDaemon dockerd = await DockerDaemon.StartAsync();
        await using RegistryProcess shared = await DockerRegistry.StartAsync(dockerd, everywhere: true);
        string seenFromHere = $"{dockerd.Endpoint.Host}:{shared.Address.Split(':')[1]}";
        await Peers.PushFromEngineAsync(dockerd, work, $"{shared.Address}/dockerd:1");
        Assert.Equal(await Peers.ListInEngineAsync(dockerd, $"{shared.Address}/dockerd:1"), await Peers.ListInEngineAsync(us, $"{seenFromHere}/dockerd:1"));

        await Peers.PushFromEngineAsync(us, work, $"{seenFromHere}/argosy:1");
        Assert.Equal(await Peers.ListInEngineAsync(us, $"{seenFromHere}/argosy:1"), await Peers.ListInEngineAsync(dockerd, $"{shared.Address}/argosy:1"));
        string digest = await Peers.DockerAsync(us, $"docker inspect --format '{{{{index .RepoDigests 0}}}}' {seenFromHere}/argosy:1 | cut -d@ -f2");
        Assert.EndsWith(digest, await Peers.DockerAsync(dockerd, $"docker inspect --format '{{{{index .RepoDigests 0}}}}' {shared.Address}/argosy:1"), StringComparison.Ordinal);
    }

    /// <summary>Two trees that lost the same are equal too: some of it must be there.</summary>
    private static void Expect(string tree)
    {
        Assert.Contains("./plain file 640 1000:1001 981173106.1234567890 links=2", tree, StringComparison.Ordinal);
        Assert.Contains("./big file 644 3000000:3000001 981173106.1234567890 links=1 size=3000003", tree, StringComparison.Ordinal);
        Assert.Contains("./null device 1:3", tree, StringComparison.Ordinal);
        Assert.Contains("user.binary=0x00ff0a00fe", tree, StringComparison.Ordinal);
        Assert.Contains("security.capability=0x0100000200040000000000000000000000000000", tree, StringComparison.Ordinal);
        Assert.Contains("./replaced/new file", tree, StringComparison.Ordinal);
        Assert.Contains("./mode file 600", tree, StringComparison.Ordinal);
        Assert.DoesNotContain("./gone", tree, StringComparison.Ordinal);
        Assert.DoesNotContain("./replaced/old", tree, StringComparison.Ordinal);
    }
}
