using System.Net.Sockets;
using Argosy.Api.Http.Hijack;
using Argosy.Runtime;

namespace Argosy.Api.Routes.Containers;

/// <summary>Joins a hijacked connection with the streams of a container or an exec.</summary>
internal sealed class StreamBridge(HijackedStream client, Attachment process, bool terminal)
{
    private const int BufferLength = 32 * 1024;

    /// <summary>
    /// Copies both ways until the process's output ends. The client's half-close ends the process's stdin only;
    /// a client that is gone ends the session, not the process.
    /// </summary>
    internal async Task RunAsync(bool stdin, bool stdout, bool stderr, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task input = stdin ? CopyInputAsync(ended.Token) : Task.CompletedTask;
        try
        {
            await CopyOutputAsync(stdout, stderr, ended.Token);
        }
        catch (SocketException)
        {
            // The client has gone: there is nobody to write to.
        }
        finally
        {
            await ended.CancelAsync();
            await input;
        }
    }

    private async Task CopyOutputAsync(bool stdout, bool stderr, CancellationToken cancellationToken)
    {
        byte[] header = new byte[RawStream.HeaderLength];
        while (await process.ReadAsync(cancellationToken) is { IsEnd: false } piece)
        {
            if (!(piece.Stream == 2 ? stderr : stdout))
                continue;
            if (!terminal)
            {
                RawStream.WriteHeader(header, piece.Stream, piece.Data.Length);
                await client.WriteAsync(header, cancellationToken);
            }
            await client.WriteAsync(piece.Data, cancellationToken);
        }
    }

    private async Task CopyInputAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferLength];
        try
        {
            while (await client.ReadAsync(buffer, cancellationToken) is > 0 and var count)
                await process.WriteStdinAsync(buffer.AsMemory(0, count), cancellationToken);
            await process.CloseStdinAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or Linux.LinuxException)
        {
            // The process ended, or stopped reading; its output decides when the session ends.
        }
    }
}
