using System.Net.Sockets;
using Argosy.Api.Http.Hijack;
using Argosy.Runtime;

namespace Argosy.Api.Routes.Containers;

/// <summary>Joins a hijacked connection with the streams of a container or an exec.</summary>
/// <param name="client">The client's connection.</param>
/// <param name="process">The process's streams.</param>
/// <param name="terminal">Whether the process has a terminal, in whose input the detach keys count.</param>
/// <param name="plain">Output as it is, not in Docker's frames.</param>
/// <param name="keys">What a client types to leave.</param>
internal sealed class StreamBridge(IRawStream client, Attachment process, bool terminal, bool plain, DetachSequence keys)
{
    private const int BufferLength = 32 * 1024;

    /// <summary>
    /// Copies both ways until the process's output ends. The client's half-close ends the process's stdin only;
    /// a client that is gone, or that types the detach keys, ends the session, not the process.
    /// </summary>
    /// <returns>True when the client detached.</returns>
    internal async Task<bool> RunAsync(bool stdin, bool stdout, bool stderr, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> input = stdin ? CopyInputAsync(ended) : Task.FromResult(false);
        try
        {
            await CopyOutputAsync(stdout, stderr, ended.Token);
        }
        catch (Exception exception) when (exception is SocketException or System.Net.WebSockets.WebSocketException)
        {
            // The client has gone: there is nobody to write to.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The client has typed the detach keys.
        }
        finally
        {
            await ended.CancelAsync();
            await input;
        }
        return await input;
    }

    private async Task CopyOutputAsync(bool stdout, bool stderr, CancellationToken cancellationToken)
    {
        byte[] header = new byte[RawStream.HeaderLength];
        while (await process.ReadAsync(cancellationToken) is { IsEnd: false } piece)
        {
            if (!(piece.Stream == 2 ? stderr : stdout))
                continue;
            if (!plain)
            {
                RawStream.WriteHeader(header, piece.Stream, piece.Data.Length);
                await client.WriteAsync(header, cancellationToken);
            }
            await client.WriteAsync(piece.Data, cancellationToken);
        }
    }

    private async Task<bool> CopyInputAsync(CancellationTokenSource session)
    {
        byte[] buffer = new byte[BufferLength];
        var typed = new List<byte>();
        try
        {
            while (await client.ReadAsync(buffer, session.Token) is > 0 and var count)
            {
                if (!terminal)
                {
                    await process.WriteStdinAsync(buffer.AsMemory(0, count), session.Token);
                    continue;
                }
                typed.Clear();
                bool leaves = keys.Feed(buffer.AsSpan(0, count), typed);
                await process.WriteStdinAsync(typed.ToArray(), session.Token);
                if (leaves)
                {
                    await session.CancelAsync();
                    return true;
                }
            }
            // A terminal's input has no end that a process could see; the next client types on.
            if (!terminal)
                await process.CloseStdinAsync();
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException or Linux.LinuxException or System.Net.WebSockets.WebSocketException)
        {
            // The process ended, or stopped reading; its output decides when the session ends.
        }
        return false;
    }
}
