namespace Argosy.Shop.Tests.Running;

[Trait("Needs", "Root")]
[Collection(RunningShopCollection.Name)]
public sealed class DurabilityTests(ShopUnderTest shop)
{
    [Fact]
    public async Task An_order_survives_a_restart_of_the_database()
    {
        using var shopper = new Shopper(shop.Url);
        string number = await shopper.OrderAsync("harbour-roast", 3);

        (await shop.RunAsync("restart", "shop-db-1")).Succeeded();

        await Eventually.TrueAsync("the order is shown again", TimeSpan.FromMinutes(1), async () =>
            (await shopper.ReadOrderAsync(number)).Contains("1 Quay Street", StringComparison.Ordinal));
        Assert.NotEqual(number, await shopper.OrderAsync("harbour-roast", 3));
    }

    [Fact]
    public async Task An_order_and_the_session_that_placed_it_survive_down_and_up()
    {
        using var shopper = new Shopper(shop.Url);
        string number = await shopper.OrderAsync("harbour-roast", 3);

        (await shop.RunScriptAsync("down.sh")).Succeeded();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => shop.Http.GetAsync(shop.Url));
        Assert.Equal("", (await shop.RunAsync("ps", "-aq", "--filter", "label=com.docker.compose.project=shop")).Succeeded());
        (await shop.RunScriptAsync("up.sh")).Succeeded();

        await shop.WaitUntilOpenAsync();
        Assert.Contains("1 Quay Street", await shopper.ReadOrderAsync(number), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_of_a_shop_that_is_up_changes_no_container()
    {
        string[] before = await shop.RunningAsync();

        (await shop.RunAsync("up", "-d")).Succeeded();

        Assert.Equal(before, await shop.RunningAsync());
    }
}
