using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
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

    /// <summary>What <see cref="Refusals"/> say in Retry-After.</summary>
    internal string? RetryAfter { get; set; }

    /// <summary>How many bytes of an upload's request are taken before the connection breaks; taken in turn.</summary>
    internal ConcurrentQueue<int> UploadBreaks { get; } = new();

    /// <summary>Statuses that requests with an upload's bytes are answered with; 0 for taking them. Taken in turn.</summary>
    internal ConcurrentQueue<int> PatchRefusals { get; } = new();

    /// <summary>What it wants of each chunk (OCI-Chunk-Min-Length); 0 for nothing.</summary>
    internal int LeastChunk { get; set; }

    /// <summary>The ranges that uploads' requests said they bring.</summary>
    internal ConcurrentQueue<string> Ranges { get; } = new();

    /// <summary>True: asked how far an upload got, the registry says that it knows of none.</summary>
    internal bool ForgetsUploads { get; set; }

    /// <summary>What becomes of uploads that are to be committed: true, it is done and only the answer is lost; false, the upload is. Taken in turn.</summary>
    internal ConcurrentQueue<bool> LostCommits { get; } = new();

    /// <summary>True: bearer tokens are wanted, given to user "me" with password "secret" or to anybody for pulling.</summary>
    internal bool WantsToken { get; set; }

    /// <summary>Tokens that are not taken any more.</summary>
    internal ConcurrentDictionary<string, bool> Expired { get; } = new();

    /// <summary>True: the token server knows OAuth2's form alone.</summary>
    internal bool OnlyForms { get; set; }

    /// <summary>The authorization of each request, in the order of <see cref="Requests"/>.</summary>
    internal ConcurrentQueue<string> Authorizations { get; } = new();

    /// <summary>The forms that the token server got.</summary>
    internal ConcurrentQueue<string> Forms { get; } = new();

    internal bool IgnoresRange { get; set; }

    internal string Host { get; private set; } = "";

    internal string Scheme { get; private set; } = "http";

    internal Uri Address => new($"{Scheme}://{Host}/");

    internal static async Task<ScriptedRegistry> StartAsync(X509Certificate2? certificate = null, Action<HttpsConnectionAdapterOptions>? tls = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate, options => tls?.Invoke(options));
        })).UseKestrelHttpsConfiguration();
        WebApplication app = builder.Build();
        var registry = new ScriptedRegistry(app);
        app.Run(registry.HandleAsync);
        await app.StartAsync();
        registry.Host = new Uri(app.Urls.First()).Authority;
        registry.Scheme = certificate is null ? "http" : "https";
        return registry;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        Requests.Enqueue($"{context.Request.Method} {path}{context.Request.QueryString}");
        string authorization = context.Request.Headers.Authorization.ToString();
        Authorizations.Enqueue(authorization);
        if (path == "/token")
            await TokenAsync(context);
        else if (WantsToken && (!authorization.StartsWith("Bearer p", StringComparison.Ordinal) || Expired.ContainsKey(authorization[7..])))
            Challenge(context);
        else if (path != "/v2/" && Refusals.TryDequeue(out int status))
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = RetryAfter;
        }
        else
            await ServeAsync(context, path);
    }

    private void Challenge(HttpContext context)
    {
        context.Response.StatusCode = 401;
        context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"{Scheme}://{Host}/token\",service=\"test\",scope=\"repository:a/b:pull\"";
    }

    /// <summary>Tokens are called pull0, pull1, … or push0, … for the user.</summary>
    private async Task TokenAsync(HttpContext context)
    {
        if (context.Request.Method == "POST")
        {
            IFormCollection form = await context.Request.ReadFormAsync();
            Forms.Enqueue(string.Join('&', form.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}")));
            bool isRight = form["refresh_token"].ToString().StartsWith("refresh", StringComparison.Ordinal) || form["password"] == "secret";
            await GiveAsync(context, isRight ? "push" : null);
            return;
        }
        string authorization = context.Request.Headers.Authorization.ToString();
        bool isUser = authorization == "Basic " + Convert.ToBase64String("me:secret"u8);
        if (OnlyForms)
            context.Response.StatusCode = 405;
        else
            await GiveAsync(context, isUser ? "push" : authorization.Length > 0 ? null : "pull");
    }

    private async Task GiveAsync(HttpContext context, string? token)
    {
        if (token is null)
        {
            context.Response.StatusCode = 401;
            return;
        }
        string refresh = context.Request.Query["offline_token"] == "true" || Forms.LastOrDefault()?.Contains("offline", StringComparison.Ordinal) == true ? $",\"refresh_token\":\"refresh{Forms.Count}\"" : "";
        await context.Response.WriteAsync($"{{\"token\":\"{token}{Expired.Count}\",\"expires_in\":300{refresh}}}");
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
            ("GET", var p) when p.Contains("/uploads/", StringComparison.Ordinal) => StatusAsync(context, path),
            ("GET", var p) when p.EndsWith("/tags/list", StringComparison.Ordinal) => ListTagsAsync(context),
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
        if (LeastChunk > 0)
            context.Response.Headers["OCI-Chunk-Min-Length"] = LeastChunk.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    private async Task PatchAsync(HttpContext context, string path)
    {
        string range = context.Request.Headers.ContentRange.ToString();
        Ranges.Enqueue(range);
        if (!uploads.TryGetValue(path.Split('/')[^1], out MemoryStream? upload))
        {
            context.Response.StatusCode = 404;
            return;
        }
        if (PatchRefusals.TryDequeue(out int refusal) && refusal > 0)
        {
            await context.Request.Body.CopyToAsync(Stream.Null);
            context.Response.StatusCode = refusal;
            return;
        }
        if (range.Length > 0 && !range.StartsWith($"{upload.Length}-", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 416;
            return;
        }
        if (UploadBreaks.TryDequeue(out int count))
        {
            byte[] part = new byte[count];
            await context.Request.Body.ReadExactlyAsync(part);
            upload.Write(part);
            context.Abort();
            return;
        }
        await context.Request.Body.CopyToAsync(upload);
        context.Response.StatusCode = 202;
        context.Response.Headers.Location = $"{path}?state=y";
    }

    private Task StatusAsync(HttpContext context, string path)
    {
        string id = path.Split('/')[^1];
        if (ForgetsUploads)
            uploads.TryRemove(id, out _);
        if (!uploads.TryGetValue(id, out MemoryStream? upload))
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }
        context.Response.StatusCode = 204;
        context.Response.Headers.Location = $"{path}?state=z";
        context.Response.Headers.Range = $"0-{Math.Max(0, upload.Length - 1)}";
        return Task.CompletedTask;
    }

    /// <summary>Two pages.</summary>
    private static Task ListTagsAsync(HttpContext context)
    {
        bool isFirst = context.Request.Query["last"].Count == 0;
        if (isFirst)
            context.Response.Headers.Link = "</v2/a/b/tags/list?last=1>; rel=\"next\"";
        return context.Response.WriteAsync(isFirst ? """{"tags":["1"]}""" : """{"tags":["2"]}""");
    }

    private Task CommitAsync(HttpContext context, string path)
    {
        if (!uploads.TryGetValue(path.Split('/')[^1], out MemoryStream? upload))
        {
            context.Response.StatusCode = 404;
            return context.Response.WriteAsync("""{"errors":[{"code":"BLOB_UPLOAD_UNKNOWN","message":"blob upload unknown to registry"}]}""");
        }
        byte[] content = upload.ToArray();
        string digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
        bool matches = context.Request.Query["digest"] == digest && context.Request.Query["state"] == "y";
        context.Response.StatusCode = matches ? 201 : 400;
        bool isLost = LostCommits.TryDequeue(out bool isDone);
        if (matches && (!isLost || isDone))
            Blobs[digest] = content;
        if (isLost)
        {
            uploads.TryRemove(path.Split('/')[^1], out _);
            context.Abort();
        }
        return Task.CompletedTask;
    }
}
