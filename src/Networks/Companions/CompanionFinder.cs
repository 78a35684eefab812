using Argosy.Core;
using Microsoft.Extensions.Logging;

namespace Argosy.Networks.Companions;

/// <summary>Gets the daemon a companion of its own version: the one that runs, or a new one. Not for several threads at once.</summary>
internal sealed class CompanionFinder<TRequest, TAnswer>(
    CompanionProtocol<TRequest, TAnswer> protocol, DaemonPaths paths, string version, ICompanionStarter starter, TimeProvider time, ILogger logger)
    where TRequest : CompanionRequest
    where TAnswer : CompanionAnswer
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5), EndPatience = TimeSpan.FromSeconds(1);
    private readonly string socket = protocol.Kind.Socket(paths);
    private ICompanionProcess? child;

    /// <summary>True when one may be there from before.</summary>
    internal bool MayRun => File.Exists(socket);

    /// <summary>A connection to a companion that is ready to be told everything.</summary>
    /// <param name="replace">Not to the one that runs: it does not work.</param>
    /// <param name="cancellationToken">Ends the search; <see cref="EndAsync"/> ends what was started.</param>
    /// <exception cref="IOException">None can be started.</exception>
    internal async Task<CompanionConnection<TRequest, TAnswer>> ObtainAsync(bool replace, CancellationToken cancellationToken)
    {
        CompanionConnection<TRequest, TAnswer>? running = await CompanionConnection<TRequest, TAnswer>.TryOpenAsync(protocol, socket, time, cancellationToken);
        if (running is null)
            return await StartAsync(cancellationToken);
        string? found = await running.GreetAsync(version, cancellationToken);
        if (found == version && !replace)
            return running;
        NetworksLog.CompanionReplaced(logger, protocol.Kind.Name, found, version);
        return await ReplaceAsync(running, cancellationToken);
    }

    /// <summary>Waits for the end of the companion that this daemon started, kills it when it does not come, and removes the socket.</summary>
    internal async Task EndAsync()
    {
        await ReapAsync();
        File.Delete(socket);
    }

    /// <summary>The new one is up before the old one closes: what it serves is away for as long as it takes to open sockets.</summary>
    private async Task<CompanionConnection<TRequest, TAnswer>> ReplaceAsync(CompanionConnection<TRequest, TAnswer> old, CancellationToken cancellationToken)
    {
        await using (old)
        {
            ICompanionProcess? before = child;
            child = null;
            // Else we would find the old one again.
            File.Delete(socket);
            CompanionConnection<TRequest, TAnswer> fresh = await StartAsync(cancellationToken);
            await old.EndAsync();
            if (before is not null)
                await before.EndAsync(EndPatience);
            return fresh;
        }
    }

    private async Task<CompanionConnection<TRequest, TAnswer>> StartAsync(CancellationToken cancellationToken)
    {
        await ReapAsync();
        child = starter.Start();
        long began = time.GetTimestamp();
        while (true)
        {
            CompanionConnection<TRequest, TAnswer>? connection = await CompanionConnection<TRequest, TAnswer>.TryOpenAsync(protocol, socket, time, cancellationToken);
            if (connection is not null && await connection.GreetAsync(version, cancellationToken) == version)
                return connection;
            if (connection is not null)
                await connection.DisposeAsync();
            if (child.HasEnded || time.GetElapsedTime(began) > StartPatience)
            {
                await ReapAsync();
                throw new IOException(time.GetElapsedTime(began) > StartPatience ? $"the {protocol.Kind.Name} did not answer in time" : $"the {protocol.Kind.Name} ended at once");
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
