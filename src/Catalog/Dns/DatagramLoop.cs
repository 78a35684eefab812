using System.Net.Sockets;
using Argosy.Linux.Sockets;

namespace Argosy.Catalog.Dns;

/// <summary>
/// The thread that takes all containers' datagrams and gives them to who answers: some of one container's, then some of the next one's.
/// Asking and answering one at a time, through the runtime's own sockets, costs twice as much.
/// </summary>
internal sealed class DatagramLoop : IDisposable
{
    /// <summary>A question is rarely above 512 bytes, an answer never above 4,096.</summary>
    private const int AtOnce = 32, Room = 4096;

    private readonly DatagramBatch batch = new(AtOnce, Room);
    private readonly ReadinessLoop loop = new("dns");

    /// <summary>Serves a socket until the result is disposed, after which nobody uses it.</summary>
    /// <param name="socket">Not blocking, and bound.</param>
    /// <param name="answer">Answers what the batch has; runs on the loop's thread, must not wait and must not throw.</param>
    internal IDisposable Serve(Socket socket, Action<DatagramBatch> answer) => loop.Serve(socket.SafeHandle, () =>
    {
        if (!batch.TryReceive(socket.SafeHandle))
            return;
        answer(batch);
        batch.Send(socket.SafeHandle);
    });

    /// <summary>Ends the thread; sockets are their owners' to close.</summary>
    public void Dispose()
    {
        loop.Dispose();
        batch.Dispose();
    }
}
