using System.Net.Sockets;
using Argosy.Cli.CommandLine;
using Argosy.Client;

namespace Argosy.Cli.Build;

/// <summary>
/// Lends an SSH agent of this machine to a build: a connection to the engine waits in reserve, and is joined with the agent at the first byte.
/// Keys are lent by an agent of their own.
/// </summary>
/// <param name="id">What a step calls it.</param>
/// <param name="socket">The agent's; null where there are keys.</param>
/// <param name="keys">Files of private keys.</param>
internal sealed class AgentForwarder(string id, string? socket, IReadOnlyList<string> keys) : IAsyncDisposable
{
    private const int BufferLength = 16 * 1024;

    private PrivateAgent? own;

    /// <summary>What a step calls it.</summary>
    public string Id => id;

    /// <summary>Where the agent listens; with keys, as soon as it is prepared.</summary>
    public string Socket => own?.Socket ?? socket ?? throw new InvalidOperationException("the agent is not prepared");

    /// <summary>Files of private keys.</summary>
    public IReadOnlyList<string> Keys => keys;

    /// <summary>Reads <c>--ssh ID[=SOCKET|KEY[,KEY]]</c>: a name alone takes the agent of SSH_AUTH_SOCK.</summary>
    /// <exception cref="CliException">There is no agent, or no such file.</exception>
    public static AgentForwarder Parse(string text)
    {
        string[] pair = text.Split('=', 2);
        if (pair[0].Length == 0)
            throw new CliException($"invalid ssh \"{text}\": id is missing");
        string? places = pair.Length == 2 ? pair[1] : Environment.GetEnvironmentVariable("SSH_AUTH_SOCK");
        if (string.IsNullOrEmpty(places))
            throw new CliException("invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set");
        string[] files = pair.Length == 2 ? places.Split(',') : [places];
        if (files.FirstOrDefault(file => !File.Exists(file)) is { } missing)
            throw new CliException($"--ssh {text}: {missing}: no such file or directory");
        if (!files.Any(IsSocket))
            return new AgentForwarder(pair[0], null, files);
        return files.Length == 1 ? new AgentForwarder(pair[0], files[0], []) : throw new CliException($"--ssh {text}: only single socket allowed");
    }

    /// <summary>Starts the agent that lends the keys, where there are any.</summary>
    /// <exception cref="CliException">A key cannot be lent.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (keys.Count > 0)
            own = await PrivateAgent.StartAsync(keys, cancellationToken);
    }

    public ValueTask DisposeAsync() => own?.DisposeAsync() ?? ValueTask.CompletedTask;

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
            using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(Socket), ended.Token);
            await using var agent = new NetworkStream(connection);
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
    public static bool IsSocket(string path)
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
