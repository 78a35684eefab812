using System.Net.Sockets;
using Argosy.Build;
using Argosy.Core;
using Argosy.Linux.Files;
using Argosy.Linux.Processes;
using Microsoft.Win32.SafeHandles;

namespace Argosy.Engine.Builds;

/// <summary>The socket of an SSH agent in a running step: each connection to it is one to the client's agent.</summary>
internal sealed class AgentSocket : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource stop = new();
    private readonly ISshAgent agent;
    private readonly Task serving;

    /// <summary>Listens at once.</summary>
    /// <param name="path">A new file.</param>
    /// <param name="mount">Whose agent, and who may connect.</param>
    public AgentSocket(string path, StepMount.Agent mount)
    {
        agent = mount.Source;
        // A socket's address has room for 107 bytes, and the path may be longer.
        using (SafeFileHandle directory = DirectoryHandle.Open(Path.GetDirectoryName(path)!))
            listener.Bind(new UnixDomainSocketEndPoint($"/proc/self/fd/{directory.DangerousGetHandle()}/{Path.GetFileName(path)}"));
        File.SetUnixFileMode(path, (UnixFileMode)mount.Permissions);
        Ownership.Set(path, mount.User, mount.Group);
        listener.Listen(16);
        serving = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await serving;
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                Socket client = await listener.AcceptAsync(stop.Token);
                conversations.RemoveAll(conversation => conversation.IsCompleted);
                conversations.Add(ConverseAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The step has ended.
        }
        await Task.WhenAll(conversations);
    }

    /// <summary>Copies both ways until one side has had enough. A client that is gone, or whose agent is, ends the conversation: that is all the step learns.</summary>
    private async Task ConverseAsync(Socket client)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        await using var step = new NetworkStream(client, ownsSocket: true);
        try
        {
            await using Stream remote = await agent.ConnectAsync(ended.Token);
            Task[] both = [step.CopyToAsync(remote, ended.Token), remote.CopyToAsync(step, ended.Token)];
            await Task.WhenAny(both);
            await ended.CancelAsync();
            await Task.WhenAll(both);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException or System.Threading.Channels.ChannelClosedException)
        {
            // See above.
        }
    }
}
