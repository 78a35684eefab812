using System.Net.Sockets;
using Argosy.Core;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Runtime;

/// <summary>A client's connection to the standard streams of a container or an exec, through conmon's attach socket. Dispose detaches; the process lives on.</summary>
/// <remarks>One reader and one writer at a time. A client that does not read holds up the process once the socket is full.</remarks>
public sealed class Attachment : IAsyncDisposable
{
    // conmon reads at most this much of one message and drops the rest.
    private const int LargestMessage = 8192;

    private readonly Socket socket;
    private readonly byte[] buffer = new byte[64 * 1024];

    private Attachment(Socket socket) => this.socket = socket;

    /// <summary>Reads the next piece of output.</summary>
    public async ValueTask<AttachFrame> ReadAsync(CancellationToken cancellationToken)
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
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Connects to the socket in a container's or an exec's directory, whose path may be longer than a socket's address.</summary>
    internal static async Task<Attachment> ConnectAsync(string directory, CancellationToken cancellationToken)
    {
        using SafeFileHandle handle = Linux.Processes.DirectoryHandle.Open(directory);
        var socket = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint($"/proc/self/fd/{handle.DangerousGetHandle()}/attach"), cancellationToken);
            return new Attachment(socket);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new EngineException(ErrorKind.Conflict, "the streams of the container cannot be attached to: " + exception.Message, exception);
        }
    }
}
