using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Argosy.Api.Http;

/// <summary>
/// A stream of JSON objects, one a line, sent as they are made: pull, push, build, events, stats.
/// The head of the answer is sent with the first line, so that an early failure still gets its own status.
/// </summary>
internal sealed class JsonLines<T>(HttpContext context, JsonTypeInfo<T> type) : IDisposable
{
    private static readonly byte[] LineEnd = "\r\n"u8.ToArray();
    private readonly SemaphoreSlim gate = new(1, 1);

    /// <summary>Sends one object. Safe to call from several tasks.</summary>
    internal async Task WriteAsync(T value, CancellationToken cancellationToken)
    {
        byte[] line = [.. WireJson.Serialize(value, type), .. LineEnd];
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (!context.Response.HasStarted)
                context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(line, cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Sends the head now, before there is a line (events, wait).</summary>
    internal Task StartAsync(CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/json";
        return context.Response.StartAsync(cancellationToken);
    }

    public void Dispose() => gate.Dispose();
}
