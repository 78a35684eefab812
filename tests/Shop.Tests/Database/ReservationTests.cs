using Shop.Common.Contract;
using Shop.Janitor;
using Shop.Orders;

namespace Argosy.Shop.Tests.Database;

[Trait("Needs", "Root")]
[Collection(DatabaseCollection.Name)]
public sealed class ReservationTests(PrivatePostgres postgres)
{
    private readonly Reservations reservations = new(postgres.Source, TimeSpan.FromMinutes(15));
    private readonly ReservationSweep sweep = new(postgres.Source);

    [Fact]
    public async Task Holding_again_replaces_what_was_held()
    {
        await postgres.ResetAsync(stock: 10);

        await HoldAsync("cart", quantity: 7);
        await HoldAsync("cart", quantity: 9);

        Assert.Equal(1, await StockAsync());
    }

    [Fact]
    public async Task A_hold_that_fails_keeps_the_one_before()
    {
        await postgres.ResetAsync(stock: 10);
        await HoldAsync("cart", quantity: 7);

        var (held, shortages) = await reservations.HoldAsync(new ReservationRequest("cart", [new OrderItem(1, 11)]), CancellationToken.None);

        Assert.Null(held);
        Assert.Equal(10, Assert.Single(shortages).Available);
        Assert.Equal(3, await StockAsync());
    }

    [Fact]
    public async Task The_janitor_puts_back_what_has_run_out_and_nothing_else()
    {
        await postgres.ResetAsync(stock: 10);
        await HoldAsync("old", quantity: 4);
        await postgres.ExecuteAsync("UPDATE reservations SET expires_at = now() - interval '1 second'");
        await HoldAsync("new", quantity: 1);

        int pieces = await sweep.ReleaseExpiredAsync(CancellationToken.None);

        Assert.Equal(4, pieces);
        Assert.Equal(9, await StockAsync());
        Assert.Equal(0, await sweep.ReleaseExpiredAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_janitor_puts_back_what_forgotten_carts_held()
    {
        await postgres.ResetAsync(stock: 10);
        await HoldAsync("forgotten", quantity: 4);
        await HoldAsync("alive", quantity: 2);

        Assert.Equal(4, await sweep.ReleaseCartsAsync(["forgotten", "unknown"], CancellationToken.None));
        Assert.Equal(8, await StockAsync());
    }

    [Fact]
    public async Task Many_customers_and_the_janitor_at_once_lose_no_piece()
    {
        await postgres.ResetAsync(stock: 30);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            await HoldAsync($"cart-{i % 10}", quantity: 1 + (i % 3));
            await postgres.ExecuteAsync($"UPDATE reservations SET expires_at = now() WHERE cart_id = 'cart-{i % 10}'");
            await sweep.ReleaseExpiredAsync(CancellationToken.None);
        }));
        await sweep.ReleaseExpiredAsync(CancellationToken.None);

        Assert.Equal(30, await StockAsync());
    }

    private async Task HoldAsync(string cart, int quantity)
    {
        var (held, _) = await reservations.HoldAsync(new ReservationRequest(cart, [new OrderItem(1, quantity)]), CancellationToken.None);
        Assert.NotNull(held);
    }

    private Task<int> StockAsync() => postgres.ScalarAsync<int>("SELECT stock FROM products WHERE id = 1");
}
