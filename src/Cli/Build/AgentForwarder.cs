using System.Net.Sockets;
using Argosy.Cli.CommandLine;
using Argosy.Client;

namespace Argosy.Cli.Build;

/// <summary>Lends an SSH agent of this machine to a build: a connection to the engine waits in reserve, and is joined with the agent at the first byte.</summary>
/// <param name="Id">What a step calls it.</param>
/// <param name="Socket">The agent's.</param>
internal sealed record AgentForwarder(string Id, string Socket)
{
    private const int BufferLength = 16 * 1024;

    /// <summary>Reads <c>--ssh</c>: <c>default</c> and a name alone take the agent of SSH_AUTH_SOCK.</summary>
    /// <exception cref="CliException">There is no agent, or it is a key's file.</exception>
    public static AgentForwarder Parse(string text)
    {
        string[] pair = text.Split('=', 2);
        string id = pair[0];
        string? socket = pair.Length == 2 ? pair[1] : Environment.GetEnvironmentVariable("SSH_AUTH_SOCK");
        if (id.Length == 0)
            throw new CliException($"invalid ssh \"{text}\": id is missing");
        if (string.IsNullOrEmpty(socket))
            throw new CliException("invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set");
        if (!File.Exists(socket))
            throw new CliException($"--ssh {text}: {socket}: no such file or directory");
        if (!IsSocket(socket))
            throw new CliException($"--ssh {text}: {socket} is not the socket of an agent; a key is lent by an agent: ssh-add {socket}");
        return new AgentForwarder(id, socket);
    }

    /// <summary>Makes the agent known to the engine, and serves the build's steps until the build has ended or <paramref name="cancellationToken"/> says so.</summary>
    /// <returns>The service, which never fails: a step that gets no answer says so itself.</returns>
    public async Task<Task> StartAsync(ImagesClient images, string session, CancellationToken cancellationToken)
    {
        HijackedStream reserve = await images.OfferBuildAgentAsync(session, Id, cancellationToken);
        return ServeAsync(images, session, reserve, cancellationToken);
    }

    private async Task ServeAsync(ImagesClient images, string session, HijackedStream reserve, CancellationToken cancellationToken)
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                byte[] first = new byte[BufferLength];
                int length = await reserve.ReadAsync(first, cancellationToken);
                if (length == 0)
                    break;
                conversations.Add(ConverseAsync(reserve, first.AsMemory(0, length), cancellationToken));
                reserve = await images.OfferBuildAgentAsync(session, Id, cancellationToken);
            }
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            // The build is over, or the engine is gone: the build's own request tells of that.
        }
        await reserve.DisposeAsync();
        await Task.WhenAll(conversations);
    }

    private async Task ConverseAsync(HijackedStream engine, ReadOnlyMemory<byte> first, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using HijackedStream closing = engine;
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Socket), ended.Token);
            await using var agent = new NetworkStream(socket);
            await agent.WriteAsync(first, ended.Token);
            Task[] both = [engine.CopyToAsync(agent, ended.Token), agent.CopyToAsync(engine, ended.Token)];
            await Task.WhenAny(both);
            await ended.CancelAsync();
            await Task.WhenAll(both);
        }
        catch (Exception failure) when (IsEnd(failure))
        {
            // One side has had enough.
        }
    }

    private static bool IsEnd(Exception failure) => failure is OperationCanceledException or IOException or SocketException or ApiException or EngineConnectionException;

    /// <summary>Whether somebody listens there.</summary>
    private static bool IsSocket(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
