using Npgsql;
using Shop.Common.Contract;
using Shop.Common.Data;

namespace Shop.Orders;

/// <summary>Takes orders.</summary>
/// <remarks>
/// One transaction: (1) claim the idempotency key, (2) lock the products in the order of their ids, (3) put back what is
/// held for the cart, (4) check stock and prices, (5) take the stock, (6) write the lines and the fulfilment task.
/// A refusal rolls all of it back, the key included, so that the corrected order may use it again.
/// </remarks>
internal sealed partial class OrderBook(NpgsqlDataSource database, TimeProvider time, ILogger<OrderBook> logger)
{
    /// <summary>Takes an order; asked twice with one key, it is taken once.</summary>
    internal Task<PlaceOutcome> PlaceAsync(string idempotencyKey, OrderRequest request, CancellationToken cancellationToken) =>
        Transient.RetryAsync(time, token => PlaceOnceAsync(idempotencyKey, request, token), cancellationToken);

    /// <summary>The number of the order that this cart has placed under this key; null when there is none.</summary>
    internal Task<string?> FindByKeyAsync(string idempotencyKey, string cartId, CancellationToken cancellationToken) =>
        Transient.RetryAsync(time, async token =>
        {
            await using var connection = await database.OpenConnectionAsync(token);
            return await NumberByKeyAsync(connection, idempotencyKey, cartId, token);
        }, cancellationToken);

    private async Task<PlaceOutcome> PlaceOnceAsync(string key, OrderRequest request, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        string number = OrderNumber.Next();
        if (await ClaimKeyAsync(connection, key, number, request, cancellationToken) is not { } orderId)
            return await ReplayAsync(connection, key, request, cancellationToken);

        int[] rows = await Stock.RowsToLockAsync(connection, request.CartId, request.Items, cancellationToken);
        await ProductLocks.LockAsync(connection, rows, cancellationToken);
        await Stock.ReleaseCartAsync(connection, request.CartId, cancellationToken);
        var products = await ProductLocks.LockAsync(connection, rows, cancellationToken);
        if (Refuse(request, products) is { } refusal)
            return new PlaceOutcome.Refused(refusal);

        await Stock.TakeAsync(connection, request.Items, cancellationToken);
        await WriteLinesAsync(connection, orderId, request.Items, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        Placed(logger, number, request.Items.Count, request.ExpectedTotalCents);
        return new PlaceOutcome.Taken(number, Replayed: false);
    }

    // A second transaction with the same key waits here until the first has ended, one way or the other.
    private static async Task<long?> ClaimKeyAsync(
        NpgsqlConnection connection, string key, string number, OrderRequest request, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO orders (number, idempotency_key, cart_id, name, email, address, postcode, city, country, total_cents)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (idempotency_key) DO NOTHING RETURNING id
            """, connection);
        var customer = request.Customer;
        foreach (string value in (string[])[number, key, request.CartId, customer.Name, customer.Email, customer.Address, customer.Postcode, customer.City, customer.Country])
            command.Parameters.AddWithValue(value);
        command.Parameters.AddWithValue(request.ExpectedTotalCents);
        return (long?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static async Task<PlaceOutcome> ReplayAsync(
        NpgsqlConnection connection, string key, OrderRequest request, CancellationToken cancellationToken) =>
        await NumberByKeyAsync(connection, key, request.CartId, cancellationToken) is { } number
            ? new PlaceOutcome.Taken(number, Replayed: true)
            : new PlaceOutcome.Refused(new Refusal(Refusal.Invalid, "This idempotency key belongs to another cart.", []));

    private static async Task<string?> NumberByKeyAsync(NpgsqlConnection connection, string key, string cartId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT number FROM orders WHERE idempotency_key = $1 AND cart_id = $2", connection);
        command.Parameters.AddWithValue(key);
        command.Parameters.AddWithValue(cartId);
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    private static Refusal? Refuse(OrderRequest request, Dictionary<int, LockedProduct> products)
    {
        var shortages = ProductLocks.Shortages(products, request.Items);
        if (shortages.Count > 0)
            return new Refusal(Refusal.OutOfStock, "Not everything is in stock any more.", shortages);

        long total = request.Items.Sum(item => (long)products[item.ProductId].PriceCents * item.Quantity);
        return total == request.ExpectedTotalCents
            ? null
            : new Refusal(Refusal.PriceChanged, "A price has changed since it was shown.", []);
    }

    private static async Task WriteLinesAsync(
        NpgsqlConnection connection, long orderId, IReadOnlyList<OrderItem> items, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH task AS (INSERT INTO fulfilment_queue (order_id, step, due_at) VALUES ($3, 'pack', now()))
            INSERT INTO order_lines (order_id, product_id, name, unit_price_cents, quantity)
            SELECT $3, p.id, p.name, p.price_cents, wanted.quantity
            FROM unnest($1::int[], $2::int[]) AS wanted (id, quantity) JOIN products p ON p.id = wanted.id
            """, connection);
        Stock.AddItems(command, items);
        command.Parameters.AddWithValue(orderId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(EventId = 9101, Level = LogLevel.Information, Message = "order {Number} placed: {Lines} lines, {TotalCents} cents")]
    private static partial void Placed(ILogger logger, string number, int lines, int totalCents);
}
