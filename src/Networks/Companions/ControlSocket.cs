using System.Net.Sockets;
using Argosy.Linux.Files;

namespace Argosy.Networks.Companions;

/// <summary>Where a companion listens: who may connect to it decides what names mean, and where published ports lead.</summary>
internal sealed class ControlSocket : IDisposable
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(2);

    private readonly string path;
    private readonly Socket listener;
    private readonly FilePresence file;

    private ControlSocket(string path, Socket listener, FilePresence file) => (this.path, this.listener, this.file) = (path, listener, file);

    /// <summary>False when the file is gone, or another companion's.</summary>
    internal bool IsInPlace => file.IsThere;

    /// <summary>Listens in the place of whoever did before.</summary>
    internal static ControlSocket Listen(string path)
    {
        File.Delete(path);
        Socket listener = Create();
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            // Before it listens nobody can connect: there is no moment at which others could.
            File.SetUnixFileMode(path, OnlyOwner);
            listener.Listen();
            return new ControlSocket(path, listener, FilePresence.Of(path));
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Null when nobody listens.</summary>
    internal static async Task<Socket?> TryConnectAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            return null;
        Socket socket = Create();
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    internal async Task<Socket> AcceptAsync(CancellationToken cancellationToken)
    {
        Socket socket = await listener.AcceptAsync(cancellationToken);
        socket.SendTimeout = (int)SendPatience.TotalMilliseconds;
        return socket;
    }

    public void Dispose()
    {
        listener.Dispose();
        Remove();
        file.Dispose();
    }

    private void Remove()
    {
        try
        {
            if (IsInPlace)
                File.Delete(path);
        }
        catch (UnauthorizedAccessException)
        {
            // Who gave root's rights away cannot; where nobody listens, the next one takes its place.
        }
    }

    private static Socket Create() =>
        new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { SendTimeout = (int)SendPatience.TotalMilliseconds };
}
