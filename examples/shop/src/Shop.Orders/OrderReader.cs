using Npgsql;
using Shop.Common.Contract;
using Shop.Common.Data;

namespace Shop.Orders;

/// <summary>Reads orders back.</summary>
internal sealed class OrderReader(NpgsqlDataSource database, TimeProvider time)
{
    internal Task<Order?> FindAsync(string number, CancellationToken cancellationToken) =>
        Transient.RetryAsync(time, token => FindOnceAsync(number, token), cancellationToken);

    internal Task<OrderStatistics> StatisticsAsync(CancellationToken cancellationToken) =>
        Transient.RetryAsync(time, CountAsync, cancellationToken);

    private async Task<Order?> FindOnceAsync(string number, CancellationToken cancellationToken)
    {
        var lines = await LinesAsync(number, cancellationToken);
        await using var command = database.CreateCommand(
            """
            SELECT o.number, o.status, o.name, o.email, o.address, o.postcode, o.city, o.country,
                   o.total_cents, o.placed_at, o.packed_at, o.shipped_at, s.tracking
            FROM orders o LEFT JOIN shipments s ON s.order_id = o.id WHERE o.number = $1
            """);
        command.Parameters.AddWithValue(number);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
            return null;

        var customer = new Customer(row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6), row.GetString(7));
        return new Order(
            row.GetString(0), row.GetString(1), customer, lines, row.GetInt32(8), row.GetFieldValue<DateTimeOffset>(9),
            Moment(row, 10), Moment(row, 11), row.IsDBNull(12) ? null : row.GetString(12));
    }

    private async Task<IReadOnlyList<OrderLine>> LinesAsync(string number, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT l.product_id, p.slug, l.name, l.unit_price_cents, l.quantity
            FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id
            WHERE o.number = $1 ORDER BY l.product_id
            """);
        command.Parameters.AddWithValue(number);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        var lines = new List<OrderLine>();
        while (await row.ReadAsync(cancellationToken))
            lines.Add(new OrderLine(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4)));
        return lines;
    }

    private async Task<OrderStatistics> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            """
            SELECT count(*) FILTER (WHERE status = 'placed')::int, count(*) FILTER (WHERE status = 'packed')::int,
                   count(*) FILTER (WHERE status = 'shipped')::int, (SELECT count(*) FROM shipments)::int,
                   (SELECT count(*) FROM shipment_attempts WHERE outcome = 'duplicate')::int
            FROM orders
            """);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new OrderStatistics(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4));
    }

    private static DateTimeOffset? Moment(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
