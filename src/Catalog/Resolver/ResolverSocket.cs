using System.Net.Sockets;

namespace Argosy.Catalog.Resolver;

/// <summary>The control socket: who may connect to it decides what names mean.</summary>
internal sealed class ResolverSocket : IDisposable
{
    private const UnixFileMode OnlyOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(2);

    private readonly string path;
    private readonly Socket listener;
    private readonly DateTime made;

    private ResolverSocket(string path, Socket listener, DateTime made) => (this.path, this.listener, this.made) = (path, listener, made);

    /// <summary>False when the file is gone, or another resolver's.</summary>
    internal bool IsInPlace => File.GetLastWriteTimeUtc(path) == made;

    /// <summary>Listens in the place of whoever did before.</summary>
    internal static ResolverSocket Listen(string path)
    {
        File.Delete(path);
        Socket listener = Create();
        try
        {
            listener.Bind(new UnixDomainSocketEndPoint(path));
            // Before it listens nobody can connect: there is no moment at which others could.
            File.SetUnixFileMode(path, OnlyOwner);
            listener.Listen();
            return new ResolverSocket(path, listener, File.GetLastWriteTimeUtc(path));
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
        if (IsInPlace)
            File.Delete(path);
    }

    private static Socket Create() =>
        new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { SendTimeout = (int)SendPatience.TotalMilliseconds };
}
