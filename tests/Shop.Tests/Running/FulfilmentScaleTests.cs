namespace Argosy.Shop.Tests.Running;

[Trait("Needs", "Root")]
[Collection(RunningShopCollection.Name)]
public sealed class FulfilmentScaleTests(ShopUnderTest shop)
{
    private const int Orders = 300;
    private const int Shoppers = 6;

    [Fact]
    public async Task Three_workers_ship_three_hundred_orders_each_once()
    {
        await shop.SqlAsync($"UPDATE products SET stock = stock + {Orders} WHERE id = 3");
        (await shop.RunAsync("up", "-d", "--scale", "fulfilment=3")).Succeeded();

        string[] numbers = [.. (await Task.WhenAll(Enumerable.Range(0, Shoppers).Select(_ => OrderManyAsync(Orders / Shoppers)))).SelectMany(list => list)];

        Assert.Equal(Orders, numbers.Distinct().Count());
        string mine = $"order_id IN (SELECT id FROM orders WHERE number IN ('{string.Join("','", numbers)}'))";
        await Eventually.TrueAsync("all are shipped", TimeSpan.FromMinutes(2), async () =>
            await shop.SqlAsync($"SELECT count(*) FROM shipments WHERE {mine}") == $"{Orders}");
        Assert.Equal($"{Orders}|0", await shop.SqlAsync(
            $"SELECT count(*), count(*) FILTER (WHERE outcome = 'duplicate') FROM shipment_attempts WHERE {mine}"));
        Assert.Equal("3", await shop.SqlAsync($"SELECT count(DISTINCT worker) FROM shipments WHERE {mine}"));
        (await shop.RunAsync("up", "-d", "--scale", "fulfilment=1")).Succeeded();
    }

    private async Task<List<string>> OrderManyAsync(int count)
    {
        using var shopper = new Shopper(shop.Url);
        var numbers = new List<string>();
        for (int i = 0; i < count; i++)
            numbers.Add(await shopper.OrderAsync("harbour-roast", 3));
        return numbers;
    }
}
