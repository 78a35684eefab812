using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Pushes of what is compressed on the way, read by skopeo.</summary>
[Trait("Needs", "Root")]
public sealed class PushTests : IDisposable
{
    private readonly string work = Directory.CreateTempSubdirectory("argosy-push-").FullName;

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData(300_000)]
    public async Task What_is_pushed_whole_or_in_chunks_is_what_skopeo_and_umoci_unpack(int? chunk)
    {
        var configuration = new JsonObject();
        if (chunk is not null)
            configuration["argosy-upload-chunk-bytes"] = chunk;
        await using RegistryProcess registry = await RegistryProcess.StartAsync();
        await using PrivateDaemon daemon = await PrivateDaemon.StartAsync(new PrivateDaemonOptions { Configuration = configuration });
        // Half of it does not compress: several gzip members, several chunks.
        await Shell.ShAsync($"mkdir {work}/tree && head -c 3000000 /dev/urandom > {work}/tree/noise && head -c 3000000 /dev/zero > {work}/tree/zeros && tar -C {work}/tree -cf {work}/tree.tar .");
        await using (FileStream tar = File.OpenRead($"{work}/tree.tar"))
            await daemon.Api.UploadAsync(HttpMethod.Post, $"images/create?fromSrc=-&repo={registry.Address}/tree&tag=1", tar);
        string pushed = (await daemon.Api.PostAsync($"images/{registry.Address}/tree/push?tag=1")).Text;
        Assert.DoesNotContain("errorDetail", pushed, StringComparison.Ordinal);
        await Shell.ShAsync($"skopeo copy -q --src-tls-verify=false docker://{registry.Address}/tree:1 oci:{work}/oci:tree && umoci raw unpack --image {work}/oci:tree {work}/theirs && diff -r {work}/tree {work}/theirs");
    }
}
