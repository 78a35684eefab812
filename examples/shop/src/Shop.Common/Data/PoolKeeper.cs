using Microsoft.Extensions.Logging;
using Npgsql;
using Shop.Common.Hosting;

namespace Shop.Common.Data;

/// <summary>
/// Keeps the pool of connections full. A new connection needs the engine's name server, an open one does not:
/// so the service works on while the engine restarts.
/// </summary>
internal sealed class PoolKeeper(NpgsqlDataSource database, int size, TimeProvider time, ILogger<PoolKeeper> logger)
    : PeriodicService(time, TimeSpan.FromSeconds(3), logger)
{
    protected override async Task<bool> RunOnceAsync(CancellationToken cancellationToken)
    {
        // Only connections that are held at the same time are different ones.
        var held = new List<NpgsqlConnection>(size);
        try
        {
            while (held.Count < size)
                held.Add(await database.OpenConnectionAsync(cancellationToken));
        }
        finally
        {
            foreach (var connection in held)
                await connection.DisposeAsync();
        }
        return false;
    }
}
