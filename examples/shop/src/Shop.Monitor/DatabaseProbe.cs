using Npgsql;

namespace Shop.Monitor;

/// <summary>Asks the database for a product.</summary>
internal sealed class DatabaseProbe(NpgsqlDataSource database)
{
    /// <summary>What is wrong; null when it answers.</summary>
    internal async Task<string?> AskAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT count(*)::int FROM products");
        return (int?)await command.ExecuteScalarAsync(cancellationToken) > 0 ? null : "there are no products";
    }
}
