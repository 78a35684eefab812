using Microsoft.Playwright;

namespace Argosy.Shop.Tests.Running;

[Trait("Needs", "Root")]
[Collection(RunningShopCollection.Name)]
public sealed class BrowserTests(ShopUnderTest shop, Browser browser) : IClassFixture<Browser>
{
    private static readonly LocatorAssertionsToBeVisibleOptions Shipping = new() { Timeout = 60_000 };

    [Fact]
    public Task A_customer_at_a_desk_browses_searches_orders_and_sees_the_order_shipped() => ShopAsync("desktop", Browser.Desktop);

    [Fact]
    public Task A_customer_with_a_telephone_does_the_same() => ShopAsync("phone", Browser.Phone);

    [Fact]
    public async Task A_form_with_a_missing_line_comes_back_with_what_was_typed()
    {
        await using var context = await browser.NewContextAsync(Browser.Desktop);
        var page = await context.NewPageAsync();
        await AddAsync(page, "storm-lantern", "1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Check out" }).ClickAsync();
        await FillAsync(page, email: "ada.example.com@");
        // Past the browser's own check, which a customer's browser may not have.
        await page.Locator("form#checkout").EvaluateAsync("form => { form.noValidate = true; }");

        await page.GetByRole(AriaRole.Button, new() { Name = "Place the order" }).ClickAsync();

        await Assertions.Expect(page.GetByText("This does not look like an e-mail address.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Name")).ToHaveValueAsync("Ada Lovelace");
        await Browser.PhotographAsync(page, "checkout-problem-desktop");
    }

    [Fact]
    public async Task A_page_that_is_not_there_says_so_kindly()
    {
        await using var context = await browser.NewContextAsync(Browser.Desktop);
        var page = await context.NewPageAsync();

        var answer = await page.GotoAsync(new Uri(shop.Url, "/products/sea-monster").ToString());

        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Not on the chart" })).ToBeVisibleAsync();
        await Browser.PhotographAsync(page, "not-found-desktop");
    }

    private async Task ShopAsync(string device, BrowserNewContextOptions options)
    {
        await using var context = await browser.NewContextAsync(options);
        var page = await context.NewPageAsync();
        await BrowseAsync(page, device);
        await FillCartAsync(page, device);
        await CheckOutAsync(page, device);
        await WatchOrderAsync(page, device);

        await page.GotoAsync(new Uri(shop.Url, "/orders").ToString());
        await Assertions.Expect(page.GetByText("shipped")).ToBeVisibleAsync();
        await Browser.PhotographAsync(page, $"orders-{device}");
        await page.GotoAsync(new Uri(shop.Url, "/status").ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Status" })).ToBeVisibleAsync();
        await Browser.PhotographAsync(page, $"status-{device}");
    }

    private async Task BrowseAsync(IPage page, string device)
    {
        await page.GotoAsync(shop.Url.ToString());
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Favourites" })).ToBeVisibleAsync();
        await Browser.PhotographAsync(page, $"home-{device}");

        await page.GetByRole(AriaRole.Link, new() { Name = "Wardrobe" }).ClickAsync();
        await Assertions.Expect(page.Locator(".card")).ToHaveCountAsync(6);
        await Browser.PhotographAsync(page, $"category-{device}");

        await page.GetByLabel("Search the shop").FillAsync("lantern");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Storm Lantern")).ToBeVisibleAsync();
        await Browser.PhotographAsync(page, $"search-{device}");

        await page.GetByRole(AriaRole.Link, new() { Name = "Storm Lantern" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Storm Lantern" })).ToBeVisibleAsync();
        await Browser.PhotographAsync(page, $"product-{device}");
    }

    private async Task FillCartAsync(IPage page, string device)
    {
        await AddAsync(page, "storm-lantern", "2");
        await AddAsync(page, "wool-blanket", "1");
        await AddAsync(page, "oyster-knife", "1");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove Oyster Knife" }).ClickAsync();
        await Assertions.Expect(page.Locator(".line")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator(".summary .sum dd")).ToHaveTextAsync("€ 225.00");
        await Browser.PhotographAsync(page, $"cart-{device}");
    }

    private static async Task CheckOutAsync(IPage page, string device)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Check out" }).ClickAsync();
        await FillAsync(page, "ada@example.com");
        await Browser.PhotographAsync(page, $"checkout-{device}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Place the order" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 Quay Street")).ToBeVisibleAsync();
        await Browser.PhotographAsync(page, $"order-placed-{device}");
    }

    // The page renews itself: nothing is clicked here.
    private static async Task WatchOrderAsync(IPage page, string device)
    {
        await Assertions.Expect(page.Locator("[data-status=shipped]")).ToBeVisibleAsync(Shipping);
        await Assertions.Expect(page.GetByText("Parcel LL")).ToBeVisibleAsync();
        await Browser.PhotographAsync(page, $"order-shipped-{device}");
    }

    private async Task AddAsync(IPage page, string slug, string quantity)
    {
        await page.GotoAsync(new Uri(shop.Url, $"/products/{slug}").ToString());
        await page.GetByLabel("Quantity").SelectOptionAsync(quantity);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to cart" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your cart" })).ToBeVisibleAsync();
    }

    private static async Task FillAsync(IPage page, string email)
    {
        await page.GetByLabel("Name").FillAsync("Ada Lovelace");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Street and number").FillAsync("1 Quay Street");
        await page.GetByLabel("Postcode").FillAsync("1011 AB");
        await page.GetByLabel("Town").FillAsync("Amsterdam");
    }
}
