using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Argosy's own verbs: what is in volumes, without a container.</summary>
[Trait("Needs", "Root")]
public sealed class VolumeContentTests(DaemonFixture fixture) : IClassFixture<DaemonFixture>, IDisposable
{
    // A tree with what a careless copy loses; it is listed by Listing.
    private const string Tree = """
        mkdir -p tree/sub && cd tree && printf content > file && chown 12:34 file && chmod 4750 file && ln file sub/hard && ln -s file link
        ln -s /etc away && mkfifo pipe && truncate -s 1M hole && touch -d @1234567890.123456789 file && setfattr -n user.tag -v value file && chown 70:70 . && chmod 1700 .
        """;

    private const string Listing = "find . -printf '%P %y %m %U %G %s %T@ %l %n\\n' | grep -v '^ ' | sort; stat -c '%a %u %g' .; getfattr --absolute-names -n user.tag --only-values file";

    private readonly EngineApi api = fixture.Api;
    private readonly string work = Directory.CreateTempSubdirectory("argosy-volume-").FullName;

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Fact]
    public async Task What_is_exported_is_imported_the_same()
    {
        string data = await CreateAsync("exported");
        await Shell.ShAsync($"cd {work} && {Tree} && cp -a {work}/tree/. {data}/");
        await File.WriteAllBytesAsync($"{work}/out.tar", (await api.SendAsync(HttpMethod.Get, "argosy/volumes/exported/export")).Succeeded().Body);
        await UploadAsync("argosy/volumes/imported/import", $"{work}/out.tar");
        string copy = (string)(await api.GetAsync("volumes/imported"))["Mountpoint"]!;
        Assert.Equal(await Shell.ShAsync($"cd {data} && {Listing}"), await Shell.ShAsync($"cd {copy} && {Listing}"));
        await api.DeleteAsync("volumes/exported");
        await api.DeleteAsync("volumes/imported");
    }

    [Fact]
    public async Task A_clone_has_the_same_files_and_labels_and_is_a_volume_of_its_own()
    {
        string data = await CreateAsync("original", new JsonObject { ["kept"] = "1" });
        await Shell.ShAsync($"cd {work} && {Tree} && cp -a {work}/tree/. {data}/");
        JsonNode clone = (await api.PostAsync("argosy/volumes/original/clone", new JsonObject { ["Name"] = "copy", ["Labels"] = new JsonObject { ["more"] = "2" } })).Json;
        Assert.Equal("""{"kept":"1","more":"2"}""", clone["Labels"]!.ToJsonString());
        string copy = (string)clone["Mountpoint"]!;
        Assert.Equal(await Shell.ShAsync($"cd {data} && {Listing}"), await Shell.ShAsync($"cd {copy} && {Listing}"));
        await File.WriteAllTextAsync($"{copy}/file", "changed");
        Assert.Equal("content", await File.ReadAllTextAsync($"{data}/file"));
        Assert.Equal(409, (await api.SendAsync(HttpMethod.Post, "argosy/volumes/original/clone", new JsonObject { ["Name"] = "copy" })).Status);
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Post, "argosy/volumes/none/clone", new JsonObject { ["Name"] = "other" })).Status);
        await api.DeleteAsync("volumes/original");
        await api.DeleteAsync("volumes/copy");
    }

    [Fact]
    public async Task An_import_replaces_all_or_nothing_and_only_what_it_may()
    {
        string data = await CreateAsync("target");
        await File.WriteAllTextAsync($"{data}/old", "old");
        await Shell.ShAsync($"cd {work} && printf %400s new > new && tar -cf good.tar new && head -c 700 good.tar > cut.tar");
        Assert.Contains("is not empty", await RefusedAsync(409, "argosy/volumes/target/import", "good.tar"), StringComparison.Ordinal);
        await RefusedAsync(400, "argosy/volumes/target/import?replace=1", "cut.tar");
        await RefusedAsync(400, "argosy/volumes/unborn/import", "cut.tar");
        Assert.Equal(404, (await api.SendAsync(HttpMethod.Get, "volumes/unborn")).Status);
        string user = await api.RunAsync(Containers.Busybox("sleep", "1000").Host("Binds", new JsonArray("target:/data")));
        Assert.Contains("in use by running containers", await RefusedAsync(409, "argosy/volumes/target/import?replace=1", "good.tar"), StringComparison.Ordinal);
        await api.RemoveAsync(user);
        Assert.Equal("old", await File.ReadAllTextAsync($"{data}/old"));
        await UploadAsync("argosy/volumes/target/import?replace=1", $"{work}/good.tar");
        Assert.Equal([$"{data}/new"], Directory.GetFiles(data));
        Assert.DoesNotContain(Directory.EnumerateDirectories(Path.Combine(data, "../..")), directory => Path.GetFileName(directory).StartsWith('.'));
        await api.DeleteAsync("volumes/target");
    }

    [Fact]
    public async Task Files_are_copied_in_and_out_and_no_link_leads_outside()
    {
        string data = await CreateAsync("files");
        await Shell.ShAsync($"ln -s /etc {data}/escape && ln -s ../../../../../../etc {data}/climb && mkdir {data}/sub && cd {work} && printf in > in && tar -cf in.tar in");
        await UploadAsync("argosy/volumes/files/archive?path=/sub", $"{work}/in.tar");
        Assert.Equal("in", await File.ReadAllTextAsync($"{data}/sub/in"));
        await File.WriteAllBytesAsync($"{work}/out.tar", (await api.SendAsync(HttpMethod.Get, "argosy/volumes/files/archive?path=/sub/in")).Succeeded().Body);
        Assert.Equal("in", await Shell.ShAsync($"tar -xOf {work}/out.tar in"));
        foreach (string path in new[] { "/escape/passwd", "/climb/passwd", "/../../../../etc/passwd" })
            Assert.Equal(404, (await api.SendAsync(HttpMethod.Get, $"argosy/volumes/files/archive?path={path}")).Status);
        await api.DeleteAsync("volumes/files");
    }

    // Inside the container "slot" is a directory and a link that names the victim, in turns; the paths are the host's own.
    [Fact]
    public async Task A_copy_into_a_container_that_swaps_a_directory_for_a_link_stays_inside()
    {
        string victim = Directory.CreateDirectory($"{work}/victim").FullName;
        await File.WriteAllTextAsync($"{victim}/secret", "the host's");
        string id = await api.RunAsync(Containers.Script(
            $"mkdir -p /data; cd /data; while :; do rm -rf slot; mkdir slot; echo mine > slot/secret; rm -rf slot; ln -s {victim} slot; done").Host("Binds", new JsonArray("raced:/data")));
        await Shell.ShAsync($"cd {work} && printf intruder > planted && tar -cf planted.tar planted");
        int taken = 0;
        for (int round = 0; round < 300; round++)
        {
            string place = round % 2 == 0 ? $"containers/{id}/archive?path=/data/slot" : "argosy/volumes/raced/archive?path=/slot";
            using (var tar = new MemoryStream(await File.ReadAllBytesAsync($"{work}/planted.tar")))
                await api.TryUploadAsync(HttpMethod.Put, place, tar);
            ApiAnswer answer = await api.SendAsync(HttpMethod.Get, place + "/secret");
            taken += answer.Status == 200 ? 1 : 0;
            Assert.DoesNotContain("the host's", answer.Text, StringComparison.Ordinal);
        }
        await api.RemoveAsync(id);
        Assert.Equal([$"{victim}/secret"], Directory.GetFiles(victim));
        Assert.True(taken > 0, "the directory was never met: nothing was tried");
        await api.DeleteAsync("volumes/raced");
    }

    private async Task<string> CreateAsync(string name, JsonObject? labels = null) =>
        (string)(await api.PostAsync("volumes/create", new JsonObject { ["Name"] = name, ["Labels"] = labels ?? [] })).Json["Mountpoint"]!;

    private async Task UploadAsync(string path, string file)
    {
        await using FileStream tar = File.OpenRead(file);
        await api.UploadAsync(HttpMethod.Put, path, tar);
    }

    private async Task<string> RefusedAsync(int status, string path, string file)
    {
        await using FileStream tar = File.OpenRead(Path.Combine(work, file));
        ApiAnswer answer = await api.TryUploadAsync(HttpMethod.Put, path, tar);
        Assert.Equal(status, answer.Status);
        return answer.Message;
    }
}
