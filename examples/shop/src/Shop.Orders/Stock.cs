using Npgsql;
using Shop.Common.Contract;

namespace Shop.Orders;

/// <summary>The changes of stock, inside a transaction that holds the product rows.</summary>
internal static class Stock
{
    /// <summary>Puts back what is held for a cart.</summary>
    internal static async Task ReleaseCartAsync(NpgsqlConnection connection, string cartId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH released AS (DELETE FROM reservations WHERE cart_id = $1 RETURNING product_id, quantity)
            UPDATE products SET stock = stock + released.quantity FROM released WHERE id = released.product_id
            """, connection);
        command.Parameters.AddWithValue(cartId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes pieces away. The condition says again what the caller has checked, and the table's constraint a third time.</summary>
    /// <exception cref="InvalidOperationException">A row was not locked, or has too few pieces.</exception>
    internal static async Task TakeAsync(NpgsqlConnection connection, IReadOnlyList<OrderItem> items, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            UPDATE products SET stock = stock - wanted.quantity
            FROM unnest($1::int[], $2::int[]) AS wanted (id, quantity)
            WHERE products.id = wanted.id AND stock >= wanted.quantity
            """, connection);
        AddItems(command, items);
        if (await command.ExecuteNonQueryAsync(cancellationToken) != items.Count)
            throw new InvalidOperationException("stock changed under a lock");
    }

    /// <summary>Adds the items as two arrays, the next two parameters.</summary>
    internal static void AddItems(NpgsqlCommand command, IReadOnlyList<OrderItem> items)
    {
        command.Parameters.AddWithValue(items.Select(item => item.ProductId).ToArray());
        command.Parameters.AddWithValue(items.Select(item => item.Quantity).ToArray());
    }

    /// <summary>The ids of the items and of all that is held for the cart: the rows to lock.</summary>
    internal static async Task<int[]> RowsToLockAsync(
        NpgsqlConnection connection, string cartId, IEnumerable<OrderItem> items, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT product_id FROM reservations WHERE cart_id = $1", connection);
        command.Parameters.AddWithValue(cartId);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var ids = items.Select(item => item.ProductId).ToHashSet();
        while (await row.ReadAsync(cancellationToken))
            ids.Add(row.GetInt32(0));
        return [.. ids];
    }
}
