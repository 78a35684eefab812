using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Argosy.Testing;

namespace Argosy.SystemTests;

/// <summary>Sends builds to a daemon, with a context written out in the test.</summary>
internal sealed class BuildClient(PrivateDaemon daemon) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, token) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(daemon.Socket), token);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    /// <summary>What an Argosy client hands over before the build; the next build takes it.</summary>
    public string? Session { get; set; }

    /// <summary>Sends contexts compressed.</summary>
    public bool Compressed { get; set; }

    public void Dispose() => http.Dispose();

    /// <summary>Hands a secret over for the next build.</summary>
    public async Task AddSecretAsync(string name, string value)
    {
        Session ??= (string)(await daemon.Api.PostAsync("argosy/builds")).Json["Id"]!;
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(value));
        using HttpResponseMessage response = await http.PutAsync(new Uri($"http://engine/argosy/builds/{Session}/secrets/{name}"), content);
        Assert.Equal(204, (int)response.StatusCode);
    }

    /// <summary>Hands a directory over for the next build.</summary>
    public async Task AddContextAsync(string name, params (string Path, string Content)[] files)
    {
        Session ??= (string)(await daemon.Api.PostAsync("argosy/builds")).Json["Id"]!;
        using var content = new StreamContent(await TarAsync(files));
        using HttpResponseMessage response = await http.PutAsync(new Uri($"http://engine/argosy/builds/{Session}/contexts/{name}"), content);
        Assert.Equal(204, (int)response.StatusCode);
    }

    /// <summary>The text of a build that must succeed.</summary>
    public async Task<string> BuildAsync(string query, string dockerfile, params (string Path, string Content)[] files)
    {
        (string text, string? error) = await TryAsync(query, dockerfile, default, files);
        Assert.True(error is null, text + error);
        return text;
    }

    /// <summary>The text of a build and its error, whether it is an answer or the stream's last line.</summary>
    public async Task<(string Text, string? Error)> TryAsync(string query, string dockerfile, CancellationToken cancellationToken = default, params (string Path, string Content)[] files)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"http://engine/v1.47/build?{query}"));
        using var content = new StreamContent(await TarAsync([.. files, ("Dockerfile", dockerfile)]));
        content.Headers.ContentType = new("application/x-tar");
        request.Content = content;
        if (Session is not null)
            request.Headers.Add("X-Argosy-Build", Session);
        Session = null;
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        string body = await response.Content.ReadAsStringAsync(cancellationToken);
        if (!response.IsSuccessStatusCode)
            return ("", (string?)JsonNode.Parse(body)!["message"]);
        JsonNode[] lines = [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonNode.Parse(line)!)];
        return (string.Concat(lines.Select(line => (string?)line["stream"])), (string?)lines[^1]["error"]);
    }

    private async Task<MemoryStream> TarAsync((string Path, string Content)[] files)
    {
        var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            foreach ((string path, string text) in files)
            {
                using var data = new MemoryStream(Encoding.UTF8.GetBytes(text));
                await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = data, Mode = (UnixFileMode)0x1a4 });
            }
        }
        tar.Position = 0;
        if (!Compressed)
            return tar;
        var zip = new MemoryStream();
        await using (var gzip = new GZipStream(zip, CompressionLevel.Fastest, leaveOpen: true))
            await tar.CopyToAsync(gzip);
        zip.Position = 0;
        return zip;
    }
}
