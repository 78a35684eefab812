using System.Globalization;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary><c>system df</c> says what <c>find</c> counts below the data root, and <c>argosy system df -v</c> prints it.</summary>
[Trait("Needs", "Root")]
public sealed class DiskUsageTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>, IDisposable
{
    private readonly PrivateDaemon daemon = fixture.Daemon;
    private readonly BuildClient client = new(fixture.Daemon);

    public void Dispose() => client.Dispose();

    [Fact]
    public async Task Each_kind_takes_what_its_files_take()
    {
        await client.BuildAsync("t=one", "FROM busybox\nRUN head -c 3000000 /dev/urandom > /big\nRUN --mount=type=cache,target=/c head -c 700000 /dev/zero > /c/kept\n");
        await client.BuildAsync("t=two", "FROM one\nRUN head -c 200000 /dev/urandom > /own\n");
        await client.BuildAsync("t=gone", "FROM busybox\nRUN head -c 400000 /dev/urandom > /cached-only\n");
        await daemon.Api.SendAsync(HttpMethod.Delete, "images/gone");
        JsonObject request = Containers.Script("head -c 500000 /dev/zero > /written; head -c 900000 /dev/zero > /data/file");
        request["Image"] = "one";
        request["HostConfig"] = new JsonObject { ["Binds"] = new JsonArray("kept:/data") };
        string id = (string)(await daemon.Api.PostAsync("containers/create?name=writer", request)).Json["Id"]!;
        await daemon.Api.PostAsync($"containers/{id}/start");
        await daemon.Api.PostAsync($"containers/{id}/wait");
        JsonNode usage = await daemon.Api.GetAsync("system/df");

        JsonNode[] cache = [.. usage["BuildCache"]!.AsArray().Select(entry => entry!)];
        JsonNode[] own = [.. cache.Where(entry => !(bool)entry["Shared"]!)];
        long mounts = own.Where(entry => (string)entry["Type"]! == "exec.cachemount").Sum(entry => (long)entry["Size"]!);
        long layers = own.Sum(entry => (long)entry["Size"]!) - mounts;
        Assert.Equal(400000, layers);
        Assert.Equal(await CountAsync("layers"), (long)usage["LayersSize"]! + layers);
        Assert.Equal(await BlocksAsync("build-mounts/*"), mounts);
        Assert.Equal(await CountAsync($"containers/{id}/upper"), (long)usage["Containers"]!.AsArray().Single()!["SizeRw"]!);
        Assert.Equal((await BlocksAsync("volumes/kept/_data"), 1), ((long)usage["Volumes"]!.AsArray().Single()!["UsageData"]!["Size"]!, (int)usage["Volumes"]![0]!["UsageData"]!["RefCount"]!));
        JsonNode one = Image(usage, "one:latest"), two = Image(usage, "two:latest");
        Assert.Equal((long)one["Size"]!, (long)two["SharedSize"]!);
        Assert.Equal(200000, (long)two["Size"]! - (long)two["SharedSize"]!);
        Assert.Equal((1, 0), ((int)one["Containers"]!, (int)two["Containers"]!));

        string text = (await Shell.RunAsync(Repository.Cli, ["system", "df", "-v"], environment: new Dictionary<string, string?> { ["DOCKER_HOST"] = daemon.Host })).Succeeded();
        Assert.Matches(@"Images space usage:\n\nREPOSITORY +TAG +IMAGE ID +CREATED +SIZE +SHARED SIZE +UNIQUE SIZE +CONTAINERS\n", text);
        Assert.Matches(@"\ntwo +latest +[0-9a-f]{12} .* 200kB +0\n", text);
        Assert.Matches(@"\nContainers space usage:\n\nCONTAINER ID +IMAGE +COMMAND +LOCAL VOLUMES +SIZE +CREATED +STATUS +NAMES\n[0-9a-f]{12} +one .* 1 +500kB .* writer\n", text);
        Assert.Matches(@"\nLocal Volumes space usage:\n\nVOLUME NAME +LINKS +SIZE\nkept +1 +90[0-9.]+kB\n", text);
        Assert.Matches(@"\nBuild cache usage: 1\.1[0-9]*MB\n\nCACHE ID +CACHE TYPE +SIZE +CREATED +LAST USED +USAGE +SHARED\n", text);
        Assert.True(text.Split('\n').Any(line => line.Contains("exec.cachemount", StringComparison.Ordinal) && line.EndsWith("false", StringComparison.Ordinal)), text);
    }

    private static JsonNode Image(JsonNode usage, string name) => usage["Images"]!.AsArray().Single(image => image!["RepoTags"]!.AsArray().Any(tag => (string?)tag == name))!;

    /// <summary>Of caches and volumes, which may hold anything, blocks are counted.</summary>
    private async Task<long> BlocksAsync(string below) => long.Parse(await Shell.ShAsync($"du -s --block-size=1 {daemon.DataRoot}/{below} | cut -f1"), CultureInfo.InvariantCulture);

    /// <summary>Bytes of files: what a directory takes is the file system's affair.</summary>
    private async Task<long> CountAsync(string below) => long.Parse(
        await Shell.ShAsync($"find {daemon.DataRoot}/{below} -type f -printf '%i %s\\n' | sort -u | awk '{{ s += $2 }} END {{ printf \"%.0f\", s }}'"), CultureInfo.InvariantCulture);
}
