using Npgsql;
using Shop.Common.Contract;

namespace Shop.Orders;

/// <summary>Locks product rows. Everybody who changes stock does it through here, so that all take the locks in one order.</summary>
internal static class ProductLocks
{
    internal static async Task<Dictionary<int, LockedProduct>> LockAsync(NpgsqlConnection connection, int[] ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT id, name, price_cents, stock FROM products WHERE id = ANY ($1) ORDER BY id FOR UPDATE", connection);
        command.Parameters.AddWithValue(ids);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var products = new Dictionary<int, LockedProduct>();
        while (await row.ReadAsync(cancellationToken))
            products[row.GetInt32(0)] = new LockedProduct(row.GetInt32(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3));
        return products;
    }

    /// <summary>The lines that ask for more than the locked rows have.</summary>
    internal static IReadOnlyList<Shortage> Shortages(Dictionary<int, LockedProduct> products, IEnumerable<OrderItem> items) =>
        [.. from item in items
            let product = products.GetValueOrDefault(item.ProductId)
            where product is null || product.Stock < item.Quantity
            select new Shortage(item.ProductId, product?.Name ?? "unknown product", item.Quantity, product?.Stock ?? 0)];
}
