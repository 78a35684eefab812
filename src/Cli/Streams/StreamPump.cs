using System.Runtime.InteropServices;
using Argosy.Client;

namespace Argosy.Cli.Streams;

/// <summary>Moves bytes between this program's standard streams and a hijacked stream, until the output ends or the user detaches.</summary>
internal sealed class StreamPump(HijackedStream remote, bool isTerminal)
{
    /// <summary>Null sends nothing, and does not end the container's input either.</summary>
    public Stream? Input { get; init; }

    public Stream Output { get; init; } = Stream.Null;

    public Stream Error { get; init; } = Stream.Null;

    /// <summary>Null does not watch for detach keys.</summary>
    public DetachKeys? DetachKeys { get; init; }

    /// <returns>False when the user detached.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        Task output = CopyOutputAsync(cancellationToken);
        if (Input is null)
        {
            await output;
            return true;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<bool> input = CopyInputAsync(Input, stop.Token);
        if (await Task.WhenAny(output, input) == input && !await input)
            return false;
        await output;
        await stop.CancelAsync();
        return true;
    }

    private async Task CopyOutputAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (isTerminal)
                await remote.CopyToAsync(Output, cancellationToken);
            else
                await StdcopyReader.CopyAsync(remote, Output, Error, cancellationToken);
        }
        catch (IOException reset) when (reset.InnerException is global::System.Net.Sockets.SocketException)
        {
            // The engine closed with our input still unread: the output is complete all the same.
        }
    }

    /// <returns>False when the user detached, true at the end of the input.</returns>
    private async Task<bool> CopyInputAsync(Stream input, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[32 * 1024];
        var send = new List<byte>();
        try
        {
            while (await input.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                if (DetachKeys is null)
                {
                    await remote.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                    continue;
                }
                send.Clear();
                bool isDetached = DetachKeys.Feed(buffer.AsSpan(0, count), send);
                await remote.WriteAsync(CollectionsMarshal.AsSpan(send).ToArray(), cancellationToken);
                if (isDetached)
                    return false;
            }
            await remote.CloseWriteAsync();
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The container does not read any more.
        }
        return true;
    }
}
