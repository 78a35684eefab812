using System.Net.Sockets;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>
/// Held while a subnet is chosen and its bridge made, by one daemon of this host at a time: two that look at the kernel's routes at
/// once would choose the same one. It is a bound abstract socket, which leaves no file and ends with its process.
/// </summary>
internal static class SubnetLock
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(5), Patience = TimeSpan.FromSeconds(10);

    internal static async Task<IDisposable> AcquireAsync(CancellationToken cancellationToken)
    {
        for (TimeSpan waited = TimeSpan.Zero; waited < Patience; waited += Retry)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            try
            {
                socket.Bind(new UnixDomainSocketEndPoint("\0argosy-subnets"));
                return socket;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                socket.Dispose();
            }
            await Task.Delay(Retry, cancellationToken);
        }
        throw new EngineException(ErrorKind.Unavailable, "another argosyd of this host has been choosing a subnet for too long");
    }
}
