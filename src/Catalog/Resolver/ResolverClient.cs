using Argosy.Core;
using Argosy.Networks;
using Argosy.Networks.Companions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ResolverConnection = Argosy.Networks.Companions.CompanionConnection<Argosy.Catalog.Resolver.ResolverRequest, Argosy.Catalog.Resolver.ResolverAnswer>;

namespace Argosy.Catalog.Resolver;

/// <summary>
/// The daemon's side of the resolver: what it is to serve, told to it change by change, and told whole to each new one. A loop of its own
/// keeps a resolver there from the first need to the daemon's end; changes made while there is none arrive with the next.
/// </summary>
internal sealed class ResolverClient : ISandboxService, IHostedService, IAsyncDisposable
{
    /// <summary>How long a container's start waits for its name server, restarts of the resolver included.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5), SyncPatience = TimeSpan.FromSeconds(10);

    private readonly CompanionKeeper<ResolverRequest, ResolverAnswer> keeper;
    private readonly SandboxDirectory directory;
    private readonly NetworksOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    private readonly Lock gate = new();
    private readonly Dictionary<ContainerId, Sandbox> wanted = [];
    private TaskCompletionSource<ResolverAnswer> synced = NewSynced();
    private ResolverConnection? current;

    internal ResolverClient(DaemonPaths paths, string version, ICompanionStarter starter, SandboxDirectory directory, NetworksOptions options, TimeProvider time, ILogger logger)
    {
        keeper = new CompanionKeeper<ResolverRequest, ResolverAnswer>(ResolverProgram.Protocol, paths, version, starter, ServeAsync, time, logger);
        (this.directory, this.options, this.time, this.logger) = (directory, options, time, logger);
        directory.AnsweringChanged += PassOn;
    }

    /// <inheritdoc/>
    public void Prepare(NetworkRecord network)
    {
        if (network.ResolvesNames)
            keeper.Keep();
    }

    /// <inheritdoc/>
    public async ValueTask ResetAsync(IReadOnlyCollection<Sandbox> adopted)
    {
        lock (gate)
        {
            foreach (Sandbox sandbox in adopted.Where(IsServed))
                wanted[sandbox.Container] = sandbox;
            // One that is left from before learns that its containers are gone, or it would stay as long as we do.
            if (wanted.Count > 0 || keeper.MayRun)
                keeper.Keep();
            if (wanted.Count == 0)
                return;
        }
        await SettleAsync(null, null);
    }

    /// <inheritdoc/>
    public async ValueTask AttachAsync(Sandbox sandbox)
    {
        if (!IsServed(sandbox))
        {
            await DetachAsync(sandbox.Container);
            return;
        }
        ResolverConnection? connection;
        Task<ResolverAnswer>? asked;
        lock (gate)
        {
            wanted[sandbox.Container] = sandbox;
            keeper.Keep();
            connection = current;
            asked = connection?.Request(new ResolverRequest.Attach(sandbox));
        }
        ResolverAnswer answer = await SettleAsync(connection, asked);
        if (answer.Problems.FirstOrDefault(problem => problem.Container == sandbox.Container) is not { } problem)
            return;
        if (!problem.PortTaken)
            throw new EngineException(ErrorKind.Internal, $"the container's name server does not start: {problem.Text}");
        CatalogLog.PortTaken(logger, sandbox.Container.Value);
    }

    /// <inheritdoc/>
    public async ValueTask DetachAsync(ContainerId container)
    {
        Task? asked;
        lock (gate)
        {
            // The next resolver, if there is none now, is not told of it in the first place.
            if (!wanted.Remove(container) || current is null)
                return;
            asked = current.Request(new ResolverRequest.Detach(container));
        }
        try
        {
            await asked.WaitAsync(Patience, time);
        }
        catch (IOException)
        {
            // Its sockets went with it.
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The daemon's end: the resolver stays for the containers that run, and ends when there are none.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        ResolverConnection? last;
        bool useless;
        lock (gate)
            (last, useless) = (current, wanted.Count == 0);
        directory.AnsweringChanged -= PassOn;
        await keeper.StopAsync(last, useless);
    }

    /// <summary>Lets the resolver go on by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        directory.AnsweringChanged -= PassOn;
        await keeper.DisposeAsync();
    }

    private static bool IsServed(Sandbox sandbox) => sandbox.Endpoints.Any(endpoint => endpoint.DnsNames.Count > 0);

    private static TaskCompletionSource<ResolverAnswer> NewSynced() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void PassOn(ContainerId container, bool answering)
    {
        lock (gate)
            if (wanted.ContainsKey(container))
                current?.Send(new ResolverRequest.SetAnswering(container, answering));
    }

    /// <summary>Waits until a change is done: by the resolver that was asked, or with everything else by one that comes after it.</summary>
    private async Task<ResolverAnswer> SettleAsync(ResolverConnection? connection, Task<ResolverAnswer>? asked)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            while (true)
            {
                try
                {
                    return await (asked ?? WhenSynced(connection)).WaitAsync(patience.Token);
                }
                catch (IOException)
                {
                    asked = null;
                }
            }
        }
        catch (OperationCanceledException)
        {
            connection?.Abandon();
            throw new EngineException(ErrorKind.Internal, "the container's name server does not start: the resolver does not answer");
        }
    }

    private Task<ResolverAnswer> WhenSynced(ResolverConnection? lost)
    {
        lock (gate)
        {
            if (keeper.IsStopped)
                throw new EngineException(ErrorKind.Unavailable, "the daemon is about to end");
            Forget(lost);
            return synced.Task;
        }
    }

    /// <summary>One resolver, from its being told everything to its end.</summary>
    private async Task ServeAsync(ResolverConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            (Task<ResolverAnswer> told, int count) = Begin(connection);
            ResolverAnswer answer = await told.WaitAsync(SyncPatience, time, cancellationToken);
            Synchronised(connection, answer, count);
            await connection.Closed.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (gate)
                Forget(connection);
        }
    }

    /// <summary>From here on changes are sent, after the whole.</summary>
    private (Task<ResolverAnswer> Told, int Count) Begin(ResolverConnection connection)
    {
        lock (gate)
        {
            current = connection;
            ContainerId[] silent = [.. wanted.Keys.Where(container => !directory.IsAnswering(container))];
            return (connection.Request(new ResolverRequest.Reset([.. wanted.Values], silent, options.Dns)), wanted.Count);
        }
    }

    private void Synchronised(ResolverConnection connection, ResolverAnswer answer, int count)
    {
        foreach (ServingProblem problem in answer.Problems)
        {
            if (problem.PortTaken)
                CatalogLog.PortTaken(logger, problem.Container.Value);
            else
                CatalogLog.NotServed(logger, problem.Container.Value, problem.Text);
        }
        CatalogLog.ResolverReady(logger, connection.ProcessId, count);
        lock (gate)
            if (current == connection)
                synced.TrySetResult(answer);
    }

    /// <summary>The connection is lost: whoever waits does so for the next one. Under the lock.</summary>
    private void Forget(ResolverConnection? lost)
    {
        if (lost is null || current != lost)
            return;
        current = null;
        if (synced.Task.IsCompleted)
            synced = NewSynced();
    }
}
