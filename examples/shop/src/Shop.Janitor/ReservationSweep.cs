using Npgsql;
using NpgsqlTypes;

namespace Shop.Janitor;

/// <summary>Puts goods back on sale that are held for nobody.</summary>
internal sealed class ReservationSweep(NpgsqlDataSource database)
{
    private const string Expired = "expires_at <= now() AND $1::text[] IS NULL";
    private const string OfCarts = "cart_id = ANY ($1::text[])";

    /// <summary>Releases what has run out; returns how many pieces.</summary>
    internal Task<int> ReleaseExpiredAsync(CancellationToken cancellationToken) => ReleaseAsync(Expired, null, cancellationToken);

    /// <summary>Releases what is held for these carts; returns how many pieces.</summary>
    internal async Task<int> ReleaseCartsAsync(IReadOnlyList<string> cartIds, CancellationToken cancellationToken) =>
        cartIds.Count == 0 ? 0 : await ReleaseAsync(OfCarts, [.. cartIds], cancellationToken);

    // Locks the product rows in the order of their ids before it touches anything, as everybody does who changes stock.
    private async Task<int> ReleaseAsync(string condition, string[]? cartIds, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var locks = Command(
            connection, $"SELECT id FROM products WHERE id IN (SELECT product_id FROM reservations WHERE {condition}) ORDER BY id FOR UPDATE", cartIds);
        await locks.ExecuteNonQueryAsync(cancellationToken);
        await using var release = Command(
            connection,
            $"""
            WITH released AS (DELETE FROM reservations WHERE {condition} RETURNING product_id, quantity),
              sums AS (SELECT product_id, sum(quantity)::int AS pieces FROM released GROUP BY product_id),
              returned AS (UPDATE products SET stock = stock + sums.pieces FROM sums WHERE id = sums.product_id RETURNING sums.pieces)
            SELECT coalesce(sum(pieces), 0)::int FROM returned
            """,
            cartIds);
        int pieces = (int)(await release.ExecuteScalarAsync(cancellationToken))!;
        await transaction.CommitAsync(cancellationToken);
        return pieces;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, string[]? cartIds)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)cartIds ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        return command;
    }
}
