using System.Net.Sockets;
using Argosy.Linux.Processes;

namespace Argosy.Runtime.Conmon;

/// <summary>
/// A conmon that waits on its start pipe, as a child of the daemon. It forks away when it is let go; thrown away before that, it is killed.
/// When the daemon dies first, conmon reads the pipe's end as leave to go on: what it makes then is found half done by recovery.
/// </summary>
internal sealed class ConmonLaunch(SpawnedProcess parent, SocketPair sync, SocketPair start, SocketPair errors, SocketPair? ready) : IDisposable
{
    private static readonly byte[] Go = [0];
    private bool waited;

    /// <summary>Lets conmon run the OCI runtime, and hears what came of it.</summary>
    /// <param name="attach">Called when the attach socket exists and the exec has not begun; only with <see cref="ConmonRequest.ExecAttach"/>.</param>
    public async Task<ConmonReply> RunAsync(Func<Task>? attach = null)
    {
        await start.Ours.SendAsync(Go, CancellationToken.None);
        // conmon waits twice: before it forks, and, once its attach socket listens, before it runs the command.
        if (ready is not null && attach is not null && await ReadReplyAsync(ready.Ours) is not null)
        {
            await attach();
            await start.Ours.SendAsync(Go, CancellationToken.None);
        }
        ConmonReply? reply = await ReadReplyAsync(sync.Ours);
        // The parent that forked conmon away has ended long ago: this does not block.
        waited = true;
        int exitCode = parent.Wait();
        return reply ?? new ConmonReply(-1, $"conmon ended with {exitCode}: {(await RuntimeCommand.ReadAllAsync(errors.Ours)).Trim()}");
    }

    public void Dispose()
    {
        if (!waited)
        {
            parent.Kill();
            parent.Wait();
        }
        foreach (SocketPair? pair in new[] { sync, start, errors, ready })
            pair?.Dispose();
    }

    private static async Task<ConmonReply?> ReadReplyAsync(Socket socket)
    {
        byte[] buffer = new byte[64 * 1024];
        int length = 0;
        while (length < buffer.Length)
        {
            int count = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            if (count == 0)
                break;
            length += count;
            int end = buffer.AsSpan(0, length).IndexOf((byte)'\n');
            if (end >= 0)
                return ConmonReply.Parse(buffer.AsSpan(0, end));
        }
        return null;
    }
}
