using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Argosy.Registry.Tests;

/// <summary>A registry on loopback that keeps what it gets in memory, and misbehaves as the test wants.</summary>
internal sealed class ScriptedRegistry : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, MemoryStream> uploads = new();

    private ScriptedRegistry(WebApplication app) => this.app = app;

    internal ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    internal ConcurrentDictionary<string, (string Type, byte[] Content)> Manifests { get; } = new();

    internal ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>How many bytes of a blob are sent before the connection breaks; taken in turn.</summary>
    internal ConcurrentQueue<int> Breaks { get; } = new();

    /// <summary>Statuses that are answered before the real ones.</summary>
    internal ConcurrentQueue<int> Refusals { get; } = new();

    /// <summary>True: bearer tokens are wanted, given to user "me" with password "secret" or to anybody for pulling.</summary>
    internal bool WantsToken { get; set; }

    internal bool IgnoresRange { get; set; }

    internal string Host { get; private set; } = "";

    internal static async Task<ScriptedRegistry> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var registry = new ScriptedRegistry(app);
        app.Run(registry.HandleAsync);
        await app.StartAsync();
        registry.Host = new Uri(app.Urls.First()).Authority;
        return registry;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        Requests.Enqueue($"{context.Request.Method} {path}{context.Request.QueryString}");
        if (path == "/token")
            await TokenAsync(context);
        else if (WantsToken && context.Request.Headers.Authorization.ToString() is not ("Bearer pull" or "Bearer push"))
            Challenge(context);
        else if (path != "/v2/" && Refusals.TryDequeue(out int status))
            context.Response.StatusCode = status;
        else
            await ServeAsync(context, path);
    }

    private void Challenge(HttpContext context)
    {
        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{Host}/token\",service=\"test\",scope=\"repository:a/b:pull\"";
    }

    private static async Task TokenAsync(HttpContext context)
    {
        string authorization = context.Request.Headers.Authorization.ToString();
        bool isUser = authorization == "Basic " + Convert.ToBase64String("me:secret"u8);
        if (authorization.Length > 0 && !isUser)
            context.Response.StatusCode = 401;
        else
            await context.Response.WriteAsync($"{{\"token\":\"{(isUser ? "push" : "pull")}\",\"expires_in\":300}}");
    }

    private Task ServeAsync(HttpContext context, string path)
    {
        string last = path.Split('/')[^1];
        return (context.Request.Method, path) switch
        {
            (_, "/v2/") => Task.CompletedTask,
            ("GET" or "HEAD", var p) when p.Contains("/manifests/", StringComparison.Ordinal) => GetManifestAsync(context, last),
            ("PUT", var p) when p.Contains("/manifests/", StringComparison.Ordinal) => PutManifestAsync(context, last),
            ("POST", _) => BeginAsync(context, path),
            ("PATCH", _) => PatchAsync(context, path),
            ("PUT", _) => CommitAsync(context, path),
            _ => GetBlobAsync(context, last),
        };
    }

    private async Task GetManifestAsync(HttpContext context, string reference)
    {
        if (!Manifests.TryGetValue(reference, out (string Type, byte[] Content) manifest))
        {
            context.Response.StatusCode = 404;
            await context.Response.WriteAsync("""{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}""");
            return;
        }
        context.Response.ContentType = manifest.Type;
        await context.Response.Body.WriteAsync(manifest.Content);
    }

    private async Task PutManifestAsync(HttpContext context, string reference)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Manifests[reference] = (context.Request.ContentType!, body.ToArray());
        context.Response.StatusCode = 201;
    }

    private async Task GetBlobAsync(HttpContext context, string digest)
    {
        if (!Blobs.TryGetValue(digest, out byte[]? blob))
        {
            context.Response.StatusCode = 404;
            return;
        }
        int start = 0;
        if (context.Request.GetTypedHeaders().Range is { } range && !IgnoresRange)
        {
            start = (int)range.Ranges.First().From!.Value;
            context.Response.StatusCode = 206;
        }
        context.Response.ContentLength = blob.Length - start;
        if (context.Request.Method == "HEAD")
            return;
        int count = Breaks.TryDequeue(out int breaksAfter) ? Math.Min(breaksAfter, blob.Length - start) : blob.Length - start;
        await context.Response.Body.WriteAsync(blob.AsMemory(start, count));
        await context.Response.Body.FlushAsync();
        if (count < blob.Length - start)
            context.Abort();
    }

    private Task BeginAsync(HttpContext context, string path)
    {
        string? mount = context.Request.Query["mount"];
        if (mount is not null && Blobs.ContainsKey(mount))
        {
            context.Response.StatusCode = 201;
            return Task.CompletedTask;
        }
        string id = Guid.NewGuid().ToString("N");
        uploads[id] = new MemoryStream();
        context.Response.StatusCode = 202;
        context.Response.Headers.Location = $"{path}{id}?state=x";
        return Task.CompletedTask;
    }

    private async Task PatchAsync(HttpContext context, string path)
    {
        await context.Request.Body.CopyToAsync(uploads[path.Split('/')[^1]]);
        context.Response.StatusCode = 202;
        context.Response.Headers.Location = $"{path}?state=y";
    }

    private Task CommitAsync(HttpContext context, string path)
    {
        byte[] content = uploads[path.Split('/')[^1]].ToArray();
        string digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
        bool matches = context.Request.Query["digest"] == digest && context.Request.Query["state"] == "y";
        context.Response.StatusCode = matches ? 201 : 400;
        if (matches)
            Blobs[digest] = content;
        return Task.CompletedTask;
    }
}
