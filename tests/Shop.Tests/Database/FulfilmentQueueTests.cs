using Microsoft.Extensions.Logging.Abstractions;
using Shop.Fulfilment;
using Shop.Orders;

namespace Argosy.Shop.Tests.Database;

[Trait("Needs", "Root")]
[Collection(DatabaseCollection.Name)]
public sealed class FulfilmentQueueTests(PrivatePostgres postgres)
{
    private readonly OrderBook book = new(postgres.Source, TimeProvider.System, NullLogger<OrderBook>.Instance);
    private readonly OrderReader reader = new(postgres.Source, TimeProvider.System);

    [Fact]
    public async Task Workers_side_by_side_ship_each_order_once()
    {
        await postgres.ResetAsync(stock: 100);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => PlaceAsync($"{i}")));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => WorkUntilEmptyAsync(Queue($"worker-{worker}"))));

        var statistics = await reader.StatisticsAsync(CancellationToken.None);
        Assert.Equal((60, 60, 0), (statistics.Shipped, statistics.Shipments, statistics.DuplicateAttempts));
        Assert.Equal(60L, await postgres.ScalarAsync<long>("SELECT count(*) FROM shipment_attempts"));
        Assert.True(await postgres.ScalarAsync<long>("SELECT count(DISTINCT worker) FROM shipments") > 1);
    }

    [Fact]
    public async Task An_order_waits_its_time_before_each_step()
    {
        await postgres.ResetAsync(stock: 10);
        await PlaceAsync("patience");
        var slow = new FulfilmentQueue(postgres.Source, new WorkerOptions("slow", TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromSeconds(1)));

        Assert.Equal("pack", (await slow.DoNextAsync(CancellationToken.None))?.Step);
        Assert.Null(await slow.DoNextAsync(CancellationToken.None));
        Assert.Equal("packed", await postgres.ScalarAsync<string>("SELECT status FROM orders"));
    }

    [Fact]
    public async Task A_second_shipment_of_an_order_is_stopped_and_counted()
    {
        await postgres.ResetAsync(stock: 10);
        await PlaceAsync("twice");
        await WorkUntilEmptyAsync(Queue("first"));
        await postgres.ExecuteAsync("INSERT INTO fulfilment_queue (order_id, step, due_at) SELECT id, 'ship', now() - interval '1 second' FROM orders");

        var done = await Queue("second").DoNextAsync(CancellationToken.None);

        Assert.True(done?.Duplicate);
        Assert.Equal("first", await postgres.ScalarAsync<string>("SELECT worker FROM shipments"));
        Assert.Equal(1, (await reader.StatisticsAsync(CancellationToken.None)).DuplicateAttempts);
    }

    [Fact]
    public async Task A_worker_that_dies_gives_its_task_back()
    {
        await postgres.ResetAsync(stock: 10);
        await PlaceAsync("orphan");
        await using (var dying = await postgres.Source.OpenConnectionAsync())
        await using (var transaction = await dying.BeginTransactionAsync())
        {
            await using var take = dying.CreateCommand();
            take.CommandText = "SELECT order_id FROM fulfilment_queue FOR UPDATE SKIP LOCKED";
            Assert.NotNull(await take.ExecuteScalarAsync());
            Assert.Null(await Queue("other").DoNextAsync(CancellationToken.None));
        }

        Assert.Equal("pack", (await Queue("other").DoNextAsync(CancellationToken.None))?.Step);
    }

    private FulfilmentQueue Queue(string worker) =>
        new(postgres.Source, new WorkerOptions(worker, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromSeconds(1)));

    private async Task PlaceAsync(string key) =>
        Assert.IsType<PlaceOutcome.Taken>(await book.PlaceAsync(key, Requests.Mugs($"cart-{key}", 1), CancellationToken.None));

    private static async Task WorkUntilEmptyAsync(FulfilmentQueue queue)
    {
        while (await queue.DoNextAsync(CancellationToken.None) is not null)
        {
        }
    }
}
