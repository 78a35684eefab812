using System.Globalization;
using System.Net;
using System.Text;

namespace Argosy.Client.Transport;

/// <summary>The status line and headers of a hijacked request's answer, and the bytes that came along with them.</summary>
internal sealed class ResponseHead
{
    private const int MaxLength = 64 * 1024;
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

    private ResponseHead(string text, ReadOnlyMemory<byte> rest)
    {
        string[] lines = text.Split("\r\n");
        string[] status = lines[0].Split(' ', 3);
        if (status.Length < 2 || !int.TryParse(status[1], NumberStyles.None, CultureInfo.InvariantCulture, out int code))
            throw new IOException($"malformed HTTP response \"{lines[0]}\"");
        Status = (HttpStatusCode)code;
        Rest = rest;
        foreach (string line in lines.Skip(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                headers[line[..colon]] = line[(colon + 1)..].Trim();
        }
    }

    public HttpStatusCode Status { get; }

    /// <summary>Bytes after the empty line that were read already.</summary>
    public ReadOnlyMemory<byte> Rest { get; }

    /// <summary>Whether standard output and error come in frames; null when the engine does not say (API before 1.42).</summary>
    public bool? IsMultiplexed => headers.GetValueOrDefault("Content-Type") switch
    {
        "application/vnd.docker.multiplexed-stream" => true,
        _ => null,
    };

    public static async Task<ResponseHead> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
                Array.Resize(ref buffer, length < MaxLength ? length * 2 : throw new IOException("the HTTP response's head is too long"));
            int read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                throw new IOException("the engine closed the connection without an answer");
            length += read;
            int end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
                return new ResponseHead(Encoding.Latin1.GetString(buffer, 0, end), buffer.AsMemory(end + 4, length - end - 4));
        }
    }

    /// <summary>The whole body of an answer that is no stream: by its length, in chunks, or up to the end of the connection.</summary>
    public async Task<byte[]> ReadBodyAsync(Stream stream, CancellationToken cancellationToken)
    {
        bool chunked = headers.GetValueOrDefault("Transfer-Encoding") == "chunked";
        long wanted = long.TryParse(headers.GetValueOrDefault("Content-Length"), CultureInfo.InvariantCulture, out long length) ? length : long.MaxValue;
        using var body = new MemoryStream();
        body.Write(Rest.Span);
        byte[] buffer = new byte[4096];
        while (chunked ? !EndsChunked(body) : body.Length < wanted)
        {
            int read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
                break;
            body.Write(buffer, 0, read);
        }
        return chunked ? Unchunk(body.ToArray()) : body.ToArray();
    }

    private static bool EndsChunked(MemoryStream body) => body.GetBuffer().AsSpan(0, (int)body.Length).EndsWith("0\r\n\r\n"u8);

    private static byte[] Unchunk(ReadOnlySpan<byte> chunks)
    {
        var content = new List<byte>();
        while (chunks.IndexOf("\r\n"u8) is > 0 and var line
            && int.TryParse(chunks[..line], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int size)
            && size > 0 && chunks.Length >= line + 2 + size + 2)
        {
            content.AddRange(chunks.Slice(line + 2, size));
            chunks = chunks[(line + 2 + size + 2)..];
        }
        return [.. content];
    }
}
