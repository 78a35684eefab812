using Microsoft.Extensions.Logging.Abstractions;
using Shop.Common.Contract;
using Shop.Orders;

namespace Argosy.Shop.Tests.Database;

[Trait("Needs", "Root")]
[Collection(DatabaseCollection.Name)]
public sealed class OrderBookTests(PrivatePostgres postgres)
{
    private readonly OrderBook book = new(postgres.Source, TimeProvider.System, NullLogger<OrderBook>.Instance);
    private readonly OrderReader reader = new(postgres.Source, TimeProvider.System);

    [Fact]
    public async Task Fifty_customers_at_once_cannot_buy_more_than_is_there()
    {
        await postgres.ResetAsync(stock: 20);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i =>
            book.PlaceAsync($"key-{i}", Requests.MugAndKettle($"cart-{i}", kettleFirst: i % 2 == 0), CancellationToken.None)));

        Assert.Equal(20, outcomes.OfType<PlaceOutcome.Taken>().Count());
        Assert.All(outcomes.OfType<PlaceOutcome.Refused>(), refused => Assert.Equal(Refusal.OutOfStock, refused.Refusal.Code));
        Assert.Equal(0, await postgres.ScalarAsync<int>("SELECT stock FROM products WHERE id = 1"));
        Assert.Equal(20L, await postgres.ScalarAsync<long>("SELECT sum(quantity) FROM order_lines WHERE product_id = 1"));
        Assert.Equal(20L, await postgres.ScalarAsync<long>("SELECT count(*) FROM orders"));
        Assert.Equal(20L, await postgres.ScalarAsync<long>("SELECT count(*) FROM fulfilment_queue"));
    }

    [Fact]
    public async Task One_key_sent_ten_times_at_once_is_one_order()
    {
        await postgres.ResetAsync(stock: 20);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            book.PlaceAsync("same-key", Requests.Mugs("one-cart", 2), CancellationToken.None)));

        var taken = outcomes.Cast<PlaceOutcome.Taken>().ToList();
        Assert.Single(taken.Select(outcome => outcome.Number).Distinct());
        Assert.Single(taken, outcome => !outcome.Replayed);
        Assert.Equal(18, await postgres.ScalarAsync<int>("SELECT stock FROM products WHERE id = 1"));
    }

    [Fact]
    public async Task A_key_of_another_cart_shows_nobody_elses_order()
    {
        await postgres.ResetAsync(stock: 20);
        await book.PlaceAsync("my-key", Requests.Mugs("my-cart", 1), CancellationToken.None);

        var outcome = await book.PlaceAsync("my-key", Requests.Mugs("your-cart", 1), CancellationToken.None);

        Assert.Equal(Refusal.Invalid, Assert.IsType<PlaceOutcome.Refused>(outcome).Refusal.Code);
    }

    [Fact]
    public async Task A_refused_order_leaves_nothing_and_its_key_can_be_used_again()
    {
        await postgres.ResetAsync(stock: 3);

        var refused = await book.PlaceAsync("key", Requests.Mugs("cart", 4), CancellationToken.None);
        var taken = await book.PlaceAsync("key", Requests.Mugs("cart", 3), CancellationToken.None);

        Assert.Equal(new Shortage(1, "Enamel Mug", 4, 3), Assert.Single(Assert.IsType<PlaceOutcome.Refused>(refused).Refusal.Shortages));
        Assert.False(Assert.IsType<PlaceOutcome.Taken>(taken).Replayed);
        Assert.Equal(1L, await postgres.ScalarAsync<long>("SELECT count(*) FROM orders"));
    }

    [Fact]
    public async Task A_price_that_the_customer_was_not_shown_is_refused()
    {
        await postgres.ResetAsync(stock: 3);

        var outcome = await book.PlaceAsync("key", Requests.Mugs("cart", 1) with { ExpectedTotalCents = 1 }, CancellationToken.None);

        Assert.Equal(Refusal.PriceChanged, Assert.IsType<PlaceOutcome.Refused>(outcome).Refusal.Code);
        Assert.Equal(3, await postgres.ScalarAsync<int>("SELECT stock FROM products WHERE id = 1"));
    }

    [Fact]
    public async Task What_was_held_for_the_cart_is_used_up_by_its_order()
    {
        await postgres.ResetAsync(stock: 5);
        var reservations = new Reservations(postgres.Source, TimeSpan.FromMinutes(15));
        await reservations.HoldAsync(new ReservationRequest("cart", [new OrderItem(1, 5)]), CancellationToken.None);

        var other = await book.PlaceAsync("other", Requests.Mugs("other-cart", 1), CancellationToken.None);
        var own = await book.PlaceAsync("own", Requests.Mugs("cart", 5), CancellationToken.None);

        Assert.IsType<PlaceOutcome.Refused>(other);
        Assert.IsType<PlaceOutcome.Taken>(own);
        Assert.Equal(0L, await postgres.ScalarAsync<long>("SELECT count(*) FROM reservations"));
        Assert.Equal(0, await postgres.ScalarAsync<int>("SELECT stock FROM products WHERE id = 1"));
    }

    [Fact]
    public async Task An_order_is_read_back_as_it_was_placed()
    {
        await postgres.ResetAsync(stock: 5);
        var taken = (PlaceOutcome.Taken)await book.PlaceAsync("key", Requests.MugAndKettle("cart", kettleFirst: true), CancellationToken.None);

        var order = await reader.FindAsync(taken.Number, CancellationToken.None);

        Assert.NotNull(order);
        Assert.Equal("placed", order.Status);
        Assert.Equal(Requests.Customer, order.Customer);
        Assert.Equal(["Enamel Mug", "Galley Kettle"], order.Lines.Select(line => line.Name));
        Assert.Equal(Requests.MugCents + Requests.KettleCents, order.TotalCents);
        Assert.Null(await reader.FindAsync("NOSUCHNUMBER", CancellationToken.None));
    }
}
