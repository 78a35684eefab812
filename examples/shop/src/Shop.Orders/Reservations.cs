using Npgsql;
using Shop.Common.Contract;

namespace Shop.Orders;

/// <summary>Holds goods for a cart while its owner fills in the address.</summary>
internal sealed class Reservations(NpgsqlDataSource database, TimeSpan lifetime)
{
    /// <summary>Replaces what is held for the cart. All of it is held, or what was held before stays as it is.</summary>
    /// <returns>The shortages when there is too little of something.</returns>
    internal async Task<(Reservation? Held, IReadOnlyList<Shortage> Shortages)> HoldAsync(ReservationRequest request, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        int[] rows = await Stock.RowsToLockAsync(connection, request.CartId, request.Items, cancellationToken);
        await ProductLocks.LockAsync(connection, rows, cancellationToken);
        await Stock.ReleaseCartAsync(connection, request.CartId, cancellationToken);
        var products = await ProductLocks.LockAsync(connection, rows, cancellationToken);
        var shortages = ProductLocks.Shortages(products, request.Items);
        if (shortages.Count > 0)
            return (null, shortages);

        await Stock.TakeAsync(connection, request.Items, cancellationToken);
        var expiry = await InsertAsync(connection, request, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return (new Reservation(expiry), []);
    }

    /// <summary>Puts back what is held for a cart; nothing held is no error.</summary>
    internal async Task ReleaseAsync(string cartId, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ProductLocks.LockAsync(connection, await Stock.RowsToLockAsync(connection, cartId, [], cancellationToken), cancellationToken);
        await Stock.ReleaseCartAsync(connection, cartId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task<DateTimeOffset> InsertAsync(NpgsqlConnection connection, ReservationRequest request, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH held AS (
              INSERT INTO reservations (cart_id, product_id, quantity, expires_at)
              SELECT $3, wanted.id, wanted.quantity, now() + $4 FROM unnest($1::int[], $2::int[]) AS wanted (id, quantity))
            SELECT now() + $4
            """, connection);
        Stock.AddItems(command, request.Items);
        command.Parameters.AddWithValue(request.CartId);
        command.Parameters.AddWithValue(lifetime);
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!);
    }
}
