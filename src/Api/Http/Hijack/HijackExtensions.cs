using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Argosy.Api.Http.Hijack;

/// <summary>Installing hijacking on a listener, and using it in an endpoint.</summary>
public static class HijackExtensions
{
    /// <summary>Makes the listener's connections hijackable; must be the middleware nearest to the socket.</summary>
    public static void UseHijacking(this ListenOptions listen) =>
        listen.Use(next => connection => next(new HijackableConnection(connection)));

    /// <summary>Marks the connection as taken; call before the request's body is read.</summary>
    internal static IHijackFeature TakeConnection(this HttpContext context)
    {
        IHijackFeature feature = context.Features.Get<IHijackFeature>()
            ?? throw new InvalidOperationException("this listener has no hijacking");
        feature.Take();
        return feature;
    }

    /// <summary>
    /// Answers <c>101 UPGRADED</c> (or 200 to clients that did not ask for an upgrade), lets <paramref name="talk"/> use the raw stream,
    /// then closes the connection with all output delivered.
    /// </summary>
    internal static async Task HijackAsync(this HttpContext context, IHijackFeature feature, string contentType, Func<HijackedStream, Task> talk)
    {
        // dockerode attaches with its options as a body: dockerd throws it away, and so it must not be taken for the stream's first bytes.
        if (context.Request.ContentLength > 0)
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        HijackedStream stream = feature.Open();
        try
        {
            await stream.WriteAsync(Head(context, contentType), CancellationToken.None);
            await talk(stream);
        }
        finally
        {
            stream.CompleteOutput();
            context.Abort();
        }
    }

    private static byte[] Head(HttpContext context, string contentType)
    {
        var head = new StringBuilder();
        bool upgrade = context.Request.Headers.Upgrade.Count > 0;
        head.Append(upgrade ? "HTTP/1.1 101 UPGRADED\r\n" : "HTTP/1.1 200 OK\r\n");
        head.Append("Content-Type: ").Append(contentType).Append("\r\n");
        if (upgrade)
            head.Append("Connection: Upgrade\r\nUpgrade: tcp\r\n");
        foreach (string name in (string[])["Api-Version", "Ostype", "Server"])
            head.Append(name).Append(": ").Append(context.Response.Headers[name].ToString()).Append("\r\n");
        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }
}
