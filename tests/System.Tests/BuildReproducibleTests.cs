using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>The same inputs give the same manifest on two machines: two daemons with a data root each.</summary>
[Trait("Needs", "Root")]
public sealed class BuildReproducibleTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>
{
    private const string Dockerfile = """
        FROM busybox AS made
        RUN mkdir -p /out/b /out/a && hostname > /out/host && dd if=/dev/zero of=/out/sparse bs=1 count=1 seek=1M 2> /dev/null && ln -s host /out/link && ln /out/host /out/hard
        FROM busybox
        ARG SOURCE_DATE_EPOCH
        LABEL z=1 a=2
        WORKDIR /work
        COPY files/ /files/
        COPY --chmod=0640 --link files/one /linked/one
        COPY <<EOF /text
        here
        EOF
        COPY --from=made /out /out
        RUN date +%s > /when.$SOURCE_DATE_EPOCH && rm /when.$SOURCE_DATE_EPOCH && rm -r /files/gone && touch /bin/busybox && mkdir /etc/new
        CMD ["true"]
        """;

    private readonly PrivateDaemon first = fixture.Daemon;

    [Fact]
    public async Task Two_daemons_build_the_same_manifest()
    {
        await using PrivateDaemon second = await PrivateDaemon.StartAsync(new PrivateDaemonOptions { WithBusybox = false });
        string archive = Path.Combine(second.Root, "busybox.tar");
        await File.WriteAllBytesAsync(archive, (await first.Api.SendAsync(HttpMethod.Get, "images/busybox/get")).Body);
        await using (FileStream stream = File.OpenRead(archive))
            await second.Api.UploadAsync(HttpMethod.Post, "images/load", stream);
        string one = await BuildAsync(first);
        string other = await BuildAsync(second);
        Assert.Equal(one, other);
        JsonNode image = await second.Api.GetAsync("images/same:1/json");
        Assert.Equal("2023-11-14T22:13:20Z", (string?)image["Created"]);
    }

    /// <returns>The manifest's digest.</returns>
    private static async Task<string> BuildAsync(PrivateDaemon daemon)
    {
        using var client = new BuildClient(daemon);
        await client.BuildAsync("t=same:1&buildargs=%7B%22SOURCE_DATE_EPOCH%22%3A%221700000000%22%7D", Dockerfile, ("files/one", "1"), ("files/two", "2"), ("files/gone/x", "3"));
        JsonNode index = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(daemon.DataRoot, "content/index.json")))!;
        return (string)index["manifests"]!.AsArray().Single(entry => (string?)entry!["annotations"]?["org.opencontainers.image.ref.name"] == "docker.io/library/same:1")!["digest"]!;
    }
}
