using System.Net.Sockets;
using Npgsql;

namespace Shop.Common.Data;

/// <summary>Repeats work that failed because the database was away for a moment.</summary>
/// <remarks>Only for work that may be done twice: reads, and transactions that carry an idempotency key.</remarks>
public static class Transient
{
    private const int Attempts = 4;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(150);

    /// <summary>Runs <paramref name="work"/>, and again with a growing pause while the failure is a passing one.</summary>
    public static async Task<T> RetryAsync<T>(TimeProvider time, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await work(cancellationToken);
            }
            catch (Exception error) when (attempt < Attempts && IsPassing(error))
            {
                await Task.Delay(FirstPause * (1 << attempt), time, cancellationToken);
            }
        }
    }

    /// <summary>Whether the same work may succeed if it is tried again.</summary>
    public static bool IsPassing(Exception error) => error switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow } => true,
        NpgsqlException npgsql => npgsql.IsTransient,
        SocketException => true,
        _ => false,
    };
}
