using Argosy.Core;
using Microsoft.Extensions.Logging;

namespace Argosy.Catalog.Resolver;

/// <summary>Gets the daemon a resolver of its own version: the one that runs, or a new one. Not for several threads at once.</summary>
internal sealed class ResolverFinder(DaemonPaths paths, string version, IResolverStarter starter, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5), EndPatience = TimeSpan.FromSeconds(1);
    private IResolverProcess? child;

    /// <summary>True when a resolver may be there from before.</summary>
    internal bool MayRun => File.Exists(paths.ResolverSocket);

    /// <summary>A connection to a resolver that is ready to be told everything.</summary>
    /// <param name="replace">Not to the one that runs: it does not work.</param>
    /// <param name="cancellationToken">Ends the search; <see cref="EndAsync"/> ends what was started.</param>
    /// <exception cref="IOException">None can be started.</exception>
    internal async Task<ResolverConnection> ObtainAsync(bool replace, CancellationToken cancellationToken)
    {
        ResolverConnection? running = await ResolverConnection.TryOpenAsync(paths.ResolverSocket, time, cancellationToken);
        if (running is null)
            return await StartAsync(cancellationToken);
        string? found = await running.GreetAsync(version, cancellationToken);
        if (found == version && !replace)
            return running;
        CatalogLog.ResolverReplaced(logger, found, version);
        return await ReplaceAsync(running, cancellationToken);
    }

    /// <summary>Waits for the end of the resolver that this daemon started, kills it when it does not come, and removes the socket.</summary>
    internal async Task EndAsync()
    {
        await ReapAsync();
        File.Delete(paths.ResolverSocket);
    }

    /// <summary>The new one is up before the old one closes: names are away for as long as it takes to open sockets.</summary>
    private async Task<ResolverConnection> ReplaceAsync(ResolverConnection old, CancellationToken cancellationToken)
    {
        await using (old)
        {
            IResolverProcess? before = child;
            child = null;
            // Else we would find the old one again.
            File.Delete(paths.ResolverSocket);
            ResolverConnection fresh = await StartAsync(cancellationToken);
            await old.EndAsync();
            if (before is not null)
                await before.EndAsync(EndPatience);
            return fresh;
        }
    }

    private async Task<ResolverConnection> StartAsync(CancellationToken cancellationToken)
    {
        await ReapAsync();
        child = starter.Start();
        long began = time.GetTimestamp();
        while (true)
        {
            ResolverConnection? connection = await ResolverConnection.TryOpenAsync(paths.ResolverSocket, time, cancellationToken);
            if (connection is not null && await connection.GreetAsync(version, cancellationToken) == version)
                return connection;
            if (connection is not null)
                await connection.DisposeAsync();
            if (child.HasEnded || time.GetElapsedTime(began) > StartPatience)
            {
                await ReapAsync();
                throw new IOException(time.GetElapsedTime(began) > StartPatience ? "the resolver did not answer in time" : "the resolver ended at once");
            }
            await Task.Delay(TimeSpan.FromMilliseconds(1), time, cancellationToken);
        }
    }

    private async Task ReapAsync()
    {
        if (child is not { } process)
            return;
        child = null;
        await process.EndAsync(EndPatience);
    }
}
