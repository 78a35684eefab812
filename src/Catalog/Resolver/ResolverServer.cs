using System.Net.Sockets;
using System.Text.Json;
using Argosy.Catalog.Dns;
using Argosy.Networks;
using Microsoft.Extensions.Logging;

namespace Argosy.Catalog.Resolver;

/// <summary>
/// The resolver's ear: does what the daemon says, in its order. The daemon may go and come back; what it said last holds. The connection
/// made last is the daemon's.
/// </summary>
internal sealed class ResolverServer(ResolverSocket socket, DnsServer dns, SandboxDirectory directory, UpstreamServers upstream, string version, ILogger logger)
{
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MessageStream? daemon;

    /// <summary>Whether a daemon is connected.</summary>
    internal bool HasDaemon => Volatile.Read(ref daemon) is not null;

    /// <summary>Listens until the daemon says that it is over, or <paramref name="cancellationToken"/> does.</summary>
    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task accepting = AcceptAsync(ending.Token);
        await Task.WhenAny(ended.Task, accepting);
        await ending.CancelAsync();
        await accepting;
    }

    private async Task AcceptAsync(CancellationToken cancellationToken)
    {
        Task serving = Task.CompletedTask;
        try
        {
            while (true)
            {
                Socket connection = await socket.AcceptAsync(cancellationToken);
                Volatile.Read(ref daemon)?.Dispose();
                await serving;
                serving = ServeAsync(new MessageStream(connection), cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
        await serving;
    }

    private async Task ServeAsync(MessageStream messages, CancellationToken cancellationToken)
    {
        Volatile.Write(ref daemon, messages);
        try
        {
            while (await messages.ReceiveAsync(cancellationToken) is { } message)
                await HandleAsync(messages, message);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The daemon died, or another one is here, or we end.
        }
        catch (Exception exception)
        {
            // A daemon that we do not understand finds out by the end of the connection.
            CatalogLog.MessageFailed(logger, exception);
        }
        finally
        {
            Volatile.Write(ref daemon, null);
            messages.Dispose();
        }
    }

    private async Task HandleAsync(MessageStream messages, byte[] message)
    {
        ResolverRequest request = JsonSerializer.Deserialize(message, ResolverJson.Default.ResolverRequest) ?? throw new InvalidDataException("an empty message");
        ResolverAnswer answer = await DoAsync(request);
        if (request.Id != 0)
            messages.Send(JsonSerializer.SerializeToUtf8Bytes(answer, ResolverJson.Default.ResolverAnswer));
        if (request is ResolverRequest.End)
            ended.TrySetResult();
    }

    private async Task<ResolverAnswer> DoAsync(ResolverRequest request)
    {
        var done = new ResolverAnswer { Id = request.Id };
        switch (request)
        {
            case ResolverRequest.Hello:
                return done with { Version = version };
            case ResolverRequest.Reset reset:
                return done with { Problems = await ResetAsync(reset) };
            case ResolverRequest.Attach { Sandbox: var sandbox }:
                directory.Put(sandbox);
                return await dns.AttachAsync(sandbox) is { } problem ? done with { Problems = [problem] } : done;
            case ResolverRequest.Detach { Container: var container }:
                await dns.DetachAsync(container);
                directory.Remove(container);
                return done;
            case ResolverRequest.SetAnswering change:
                directory.SetAnswering(change.Container, change.Answering);
                return done;
            case ResolverRequest.End:
                await dns.DisposeAsync();
                return done;
            default:
                throw new InvalidDataException($"a request {request.GetType().Name}");
        }
    }

    private async Task<IReadOnlyList<ServingProblem>> ResetAsync(ResolverRequest.Reset reset)
    {
        upstream.Configure(reset.Upstream);
        HashSet<Core.ContainerId> wanted = [.. reset.Sandboxes.Select(sandbox => sandbox.Container)], silent = [.. reset.Silent];
        foreach (Sandbox gone in directory.All.Where(sandbox => !wanted.Contains(sandbox.Container)).ToArray())
        {
            await dns.DetachAsync(gone.Container);
            directory.Remove(gone.Container);
        }
        // All names are known before the first answer is given.
        foreach (Sandbox sandbox in reset.Sandboxes)
        {
            directory.Put(sandbox);
            directory.SetAnswering(sandbox.Container, !silent.Contains(sandbox.Container));
        }
        var problems = new List<ServingProblem>();
        foreach (Sandbox sandbox in reset.Sandboxes)
            if (await dns.AttachAsync(sandbox) is { } problem)
                problems.Add(problem);
        return problems;
    }
}
