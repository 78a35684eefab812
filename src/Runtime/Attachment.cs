using System.Net.Sockets;
using Argosy.Core;
using Argosy.Runtime.Conmon;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Runtime;

/// <summary>A client's connection to the standard streams of a container or an exec, through conmon's attach socket. Dispose detaches; the process lives on.</summary>
/// <remarks>
/// One reader and one writer at a time. A client that does not read holds up the process once the socket is full, as a pipe would,
/// but not for good: when conmon has been blocked for as long as <see cref="RuntimeOptions.AttachPatience"/>, it is cut off, and the log goes on.
/// </remarks>
public sealed class Attachment : IAsyncDisposable
{
    // conmon reads at most this much of one message and drops the rest.
    private const int LargestMessage = 8192;

    private readonly Socket socket;
    private readonly byte[] buffer = new byte[64 * 1024];

    private readonly Timer stall;
    private readonly string directory;
    private readonly TimeSpan patience;
    private long idleSince = Environment.TickCount64;
    private bool reading;

    private Attachment(Socket socket, string directory, TimeSpan patience)
    {
        (this.socket, this.directory, this.patience) = (socket, directory, patience);
        stall = new Timer(static attachment => ((Attachment)attachment!).CutOffIfStalled(), this, patience / 4, patience / 4);
    }

    /// <summary>Reads the next piece of output.</summary>
    public async ValueTask<AttachFrame> ReadAsync(CancellationToken cancellationToken)
    {
        Volatile.Write(ref reading, true);
        try
        {
            return await ReadFrameAsync(cancellationToken);
        }
        finally
        {
            Volatile.Write(ref idleSince, Environment.TickCount64);
            Volatile.Write(ref reading, false);
        }
    }

    private async ValueTask<AttachFrame> ReadFrameAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            int count;
            try
            {
                count = await socket.ReceiveAsync(buffer, cancellationToken);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset)
            {
                count = 0;
            }
            if (count == 0)
                return default;
            // The first byte is conmon's number of the stream: 2 stdout, 3 stderr.
            int stream = buffer[0] - 1;
            if (stream is 1 or 2 && count > 1)
                return new AttachFrame(stream, buffer.AsMemory(1, count - 1));
        }
    }

    /// <summary>Writes to standard input; waits while the process does not read. What an ended process does not read is lost, as in a pipe.</summary>
    public async Task WriteStdinAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            for (; bytes.Length > 0; bytes = bytes[Math.Min(bytes.Length, LargestMessage)..])
                await socket.SendAsync(bytes[..Math.Min(bytes.Length, LargestMessage)], cancellationToken);
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset or SocketError.NotConnected)
        {
            // The process or its conmon is gone; the reader sees the end.
        }
    }

    /// <summary>Ends standard input (half-close); output goes on.</summary>
    public Task CloseStdinAsync()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Gone already.
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        stall.Dispose();
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Nobody reads, and conmon, which has one thread, has been blocked by that. What it has sent can still be read.</summary>
    private void CutOffIfStalled()
    {
        if (Volatile.Read(ref reading) || Environment.TickCount64 - Volatile.Read(ref idleSince) < patience.TotalMilliseconds || !ConmonProcess.IsBlockedInWrite(Path.Combine(directory, "conmon.pid")))
            return;
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Gone already.
        }
    }

    /// <summary>Connects to the socket in a container's or an exec's directory, whose path may be longer than a socket's address.</summary>
    internal static async Task<Attachment> ConnectAsync(string directory, TimeSpan patience, CancellationToken cancellationToken)
    {
        using SafeFileHandle handle = Linux.Processes.DirectoryHandle.Open(directory);
        var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint($"/proc/self/fd/{handle.DangerousGetHandle()}/attach"), cancellationToken);
            return new Attachment(socket, directory, patience);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new EngineException(ErrorKind.Conflict, "the streams of the container cannot be attached to: " + exception.Message, exception);
        }
    }
}
