using System.Runtime.CompilerServices;
using Argosy.Engine.Containers.Model;
using Argosy.Runtime.Logs;

namespace Argosy.Engine.Containers;

/// <summary>What containers wrote, read from the logs that conmon keeps.</summary>
public sealed class ContainerOutput(ContainerLogs logs, SpecBuilder specs, ContainerLifecycle lifecycle)
{
    /// <summary>The entries that the query asks for, in batches; when following, until the container ends.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogEntry>> ReadAsync(ContainerRecord container, LogQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Task ended = query.Follow ? await lifecycle.WaitAsync(container.Id.Value, WaitCondition.NotRunning, cancellationToken) : Task.CompletedTask;
        await foreach (IReadOnlyList<LogEntry> entries in logs.ReadAsync(specs.LogPath(container.Id), query, ended, cancellationToken))
            yield return entries;
    }
}
