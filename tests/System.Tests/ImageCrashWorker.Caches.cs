using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

// Builds that leave their cache elsewhere, begin with one from elsewhere, or make one layer of all.
internal sealed partial class ImageCrashWorker
{
    private const int Contents = 3;

    private const string Dockerfile = "FROM busybox AS made\nCOPY f /f\nRUN cat /f /f /proc/sys/kernel/random/uuid > /g\nFROM busybox\nCOPY --from=made /g /g\nRUN rm /bin/ls && cp /g /h\nLABEL name=";

    private byte[]? layout;

    private async Task<string> ExportToRegistryAsync()
    {
        int content = random.Next(Contents);
        JsonObject target = new() { ["Type"] = "registry", ["Attrs"] = new JsonObject { ["ref"] = $"{registry}/cache:{content}", ["mode"] = random.Next(2) == 0 ? "min" : "max" } };
        await InSessionAsync(target, session => BuildKnownAsync(content, "", session));
        return "exports to the registry";
    }

    /// <summary>And from a directory: what was exported last is handed over first.</summary>
    private Task<string> ExportToDirectoryAsync() => InSessionAsync(new JsonObject { ["Type"] = "local", ["Attrs"] = new JsonObject { ["mode"] = "max" } }, async session =>
    {
        if (layout is not null)
            await api.UploadAsync(HttpMethod.Put, $"argosy/builds/{session}/cache-from/given", new MemoryStream(layout));
        await BuildKnownAsync(random.Next(Contents), "", session);
        layout = (await api.SendAsync(HttpMethod.Get, $"argosy/builds/{session}/cache-to/0")).Succeeded().Body;
        return "exports to a directory";
    });

    private async Task<string> ImportFromRegistryAsync()
    {
        int content = random.Next(Contents);
        await BuildKnownAsync(content, "&cachefrom=" + Uri.EscapeDataString($"[\"{registry}/cache:{content}\"]"));
        return "imports from the registry";
    }

    private async Task<string> SquashAsync()
    {
        await BuildKnownAsync(random.Next(Contents), "&squash=1");
        return "squashes";
    }

    private async Task<bool> BuildKnownAsync(int content, string query, string? session = null)
    {
        string name = NextName();
        await ThereAsync(name, () => BuildAsync(api, name + query, Dockerfile + name, session, [("f", Noise(new Random(content), 200_000))]));
        return true;
    }

    /// <summary>A session ends with its daemon.</summary>
    private async Task<T> InSessionAsync<T>(JsonObject target, Func<string, Task<T>> work)
    {
        string id = (string)(await api.PostAsync("argosy/builds", new JsonObject { ["CacheTo"] = new JsonArray(target) })).Json["Id"]!;
        try
        {
            T result = await work(id);
            Assert.Contains((await api.SendAsync(HttpMethod.Delete, $"argosy/builds/{id}")).Status, (int[])[204, 404]);
            return result;
        }
        catch (InvalidOperationException exception) when (exception.Message.Contains("no such build session", StringComparison.Ordinal))
        {
            throw new IOException("the daemon of this session has died", exception);
        }
    }
}
