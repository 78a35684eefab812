using System.Globalization;
using System.Net;
using System.Text;

namespace Argosy.Client.Transport;

/// <summary>
/// Turns a request into a raw two-way stream (Engine API, "Hijacking": <c>Connection: Upgrade</c>, answered by 101 or 200).
/// It writes HTTP itself because the caller must be able to close its half of the connection and go on reading.
/// </summary>
internal sealed class Hijacker(Connector connector)
{
    /// <param name="path">Path and query, with the version prefix.</param>
    /// <param name="body">JSON, or empty.</param>
    /// <exception cref="ApiException">The engine refused.</exception>
    public async Task<HijackedStream> PostAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        Connection connection = await connector.ConnectAsync(cancellationToken);
        try
        {
            await connection.Stream.WriteAsync(Request(path, body.Span), cancellationToken);
            var head = await ResponseHead.ReadAsync(connection.Stream, cancellationToken);
            if (head.Status is HttpStatusCode.SwitchingProtocols or HttpStatusCode.OK)
                return new HijackedStream(connection, head.Rest, head.IsMultiplexed);
            byte[] error = await head.ReadBodyAsync(connection.Stream, cancellationToken);
            throw new ApiException(head.Status, ErrorText.Read(error, head.Status));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static byte[] Request(string path, ReadOnlySpan<byte> body)
    {
        var head = new StringBuilder()
            .Append("POST ").Append(path).Append(" HTTP/1.1\r\nHost: argosy\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n");
        if (body.Length > 0)
            head.Append("Content-Type: application/json\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.ASCII.GetBytes(head.ToString()), .. body];
    }
}
