using System.Security.Cryptography;
using Npgsql;

namespace Shop.Fulfilment;

/// <summary>The queue of things to pack and to ship.</summary>
/// <remarks>
/// A task is taken, done and recorded in one transaction: a worker that dies gives the task back by dying.
/// SKIP LOCKED lets the workers pass each other without waiting.
/// </remarks>
internal sealed class FulfilmentQueue(NpgsqlDataSource database, WorkerOptions options)
{
    /// <summary>Does the next task that is due; null when there is none.</summary>
    internal async Task<DoneTask?> DoNextAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await TakeAsync(connection, cancellationToken) is not var (orderId, number, step))
            return null;

        bool duplicate = false;
        if (step == "pack")
            await PackAsync(connection, orderId, cancellationToken);
        else
            duplicate = !await ShipAsync(connection, orderId, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new DoneTask(step, number, duplicate);
    }

    private async Task<(long OrderId, string Number, string Step)?> TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT q.order_id, o.number, q.step FROM fulfilment_queue q JOIN orders o ON o.id = q.order_id
            WHERE q.due_at + CASE q.step WHEN 'pack' THEN $1 ELSE $2 END <= now()
            ORDER BY q.due_at LIMIT 1 FOR UPDATE OF q SKIP LOCKED
            """, connection);
        command.Parameters.AddWithValue(options.PackAfter);
        command.Parameters.AddWithValue(options.ShipAfter);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken) ? (row.GetInt64(0), row.GetString(1), row.GetString(2)) : null;
    }

    private static async Task PackAsync(NpgsqlConnection connection, long orderId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH packed AS (UPDATE orders SET status = 'packed', packed_at = now() WHERE id = $1 AND status = 'placed')
            UPDATE fulfilment_queue SET step = 'ship', due_at = now() WHERE order_id = $1
            """, connection);
        command.Parameters.AddWithValue(orderId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // False when the order had left the house before; the attempt is on record either way.
    private async Task<bool> ShipAsync(NpgsqlConnection connection, long orderId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH shipped AS (
                INSERT INTO shipments (order_id, tracking, worker) VALUES ($1, $2, $3) ON CONFLICT (order_id) DO NOTHING RETURNING order_id),
              advanced AS (UPDATE orders SET status = 'shipped', shipped_at = now() FROM shipped WHERE id = shipped.order_id),
              done AS (DELETE FROM fulfilment_queue WHERE order_id = $1)
            INSERT INTO shipment_attempts (order_id, worker, outcome)
            SELECT $1, $3, CASE WHEN EXISTS (SELECT FROM shipped) THEN 'shipped' ELSE 'duplicate' END
            RETURNING outcome = 'shipped'
            """, connection);
        command.Parameters.AddWithValue(orderId);
        command.Parameters.AddWithValue($"LL{RandomNumberGenerator.GetString("0123456789", 11)}");
        command.Parameters.AddWithValue(options.Name);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
