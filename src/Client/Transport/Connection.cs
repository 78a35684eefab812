using System.Net.Security;
using System.Net.Sockets;

namespace Argosy.Client.Transport;

/// <summary>One open connection: the socket, and the stream over it (plain or TLS), which owns it.</summary>
internal sealed class Connection(Socket socket, Stream stream) : IAsyncDisposable
{
    public Stream Stream => stream;

    /// <summary>Says that no more bytes come from us, while the other direction stays open.</summary>
    public async Task CloseWriteAsync()
    {
        try
        {
            if (stream is SslStream secure)
                await secure.ShutdownAsync();
            else
                socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception failure) when (failure is SocketException or IOException or ObjectDisposedException)
        {
            // The peer closed first: it knows already that nothing more comes.
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
