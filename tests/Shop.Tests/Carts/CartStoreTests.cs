using Microsoft.Extensions.Time.Testing;
using Shop.Carts;
using Shop.Common.Contract;

namespace Argosy.Shop.Tests.Carts;

[Trait("Needs", "Root")]
public sealed class CartStoreTests(PrivateRedis redis) : IClassFixture<PrivateRedis>
{
    private readonly FakeTimeProvider time = new();
    private readonly string cart = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Adding_twice_adds_up_to_the_most_that_a_cart_takes()
    {
        var carts = new CartStore(redis.Database, time);
        await carts.AddAsync(cart, productId: 7, quantity: 2);
        await carts.AddAsync(cart, productId: 7, quantity: 3);
        await carts.AddAsync(cart, productId: 8, quantity: CartStore.MostPieces + 1);

        Assert.Equal([new OrderItem(7, 5), new OrderItem(8, CartStore.MostPieces)], await carts.GetAsync(cart));
    }

    [Fact]
    public async Task Setting_to_none_takes_a_product_out()
    {
        var carts = new CartStore(redis.Database, time);
        await carts.SetAsync(cart, productId: 7, quantity: 2);
        await carts.SetAsync(cart, productId: 7, quantity: 0);

        Assert.Empty(await carts.GetAsync(cart));
    }

    [Fact]
    public async Task Only_carts_that_were_left_alone_for_long_are_thrown_away()
    {
        var carts = new CartStore(redis.Database, time);
        string alive = cart + "-alive";
        await carts.SetAsync(cart, productId: 1, quantity: 1);
        await carts.SetAsync(alive, productId: 1, quantity: 1);
        time.Advance(TimeSpan.FromMinutes(50));
        await carts.SetAsync(alive, productId: 1, quantity: 2);
        time.Advance(TimeSpan.FromMinutes(20));

        var expired = await carts.ExpireAsync(TimeSpan.FromHours(1));

        Assert.Contains(cart, expired);
        Assert.DoesNotContain(alive, expired);
        Assert.Empty(await carts.GetAsync(cart));
        Assert.Single(await carts.GetAsync(alive));
    }

    [Fact]
    public async Task A_session_keeps_its_orders_newest_first_until_it_is_old()
    {
        var sessions = new SessionStore(redis.Database, time);
        await sessions.AddOrderAsync(cart, "first");
        await sessions.AddOrderAsync(cart, "second");
        await sessions.AddOrderAsync(cart, "first");
        Assert.Equal(["first", "second"], await sessions.OrdersAsync(cart));

        time.Advance(TimeSpan.FromDays(91));

        Assert.Contains(cart, await sessions.ExpireAsync(TimeSpan.FromDays(90)));
        Assert.Empty(await sessions.OrdersAsync(cart));
    }
}
