using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Argosy.Shop.Tests.Running;

[Trait("Needs", "Root")]
[Collection(RunningShopCollection.Name)]
public sealed partial class StorefrontTests(ShopUnderTest shop)
{
    [Fact]
    public async Task A_form_that_is_not_ours_is_refused()
    {
        using var shopper = new Shopper(shop.Url);
        await shopper.ReadAsync("/");

        using var answer = await shopper.PostAsync("/cart/add", ("product", "1"), ("quantity", "1"), ("token", new string('0', 64)));

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task A_search_shows_its_words_as_text()
    {
        using var shopper = new Shopper(shop.Url);
        string page = await shopper.ReadAsync("/search?q=%3Cscript%3Ealert(1)%3C/script%3E");
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_one_order()
    {
        using var shopper = new Shopper(shop.Url);
        string token = Token().Match(await shopper.ReadAsync("/products/enamel-mug")).Groups[1].Value;
        await shopper.PostAsync("/cart/add", ("token", token), ("product", "1"), ("quantity", "1"));
        (string, string)[] form =
        [
            ("token", token), ("key", Guid.NewGuid().ToString("N")), ("total", "1450"), ("name", "Ada"), ("email", "ada@example.com"),
            ("address", "1 Quay Street"), ("postcode", "1011"), ("city", "Amsterdam"), ("country", "Netherlands"),
        ];

        using var first = await shopper.PostAsync("/checkout", form);
        using var second = await shopper.PostAsync("/checkout", form);

        Assert.StartsWith("/orders/", first.RequestMessage!.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(first.RequestMessage.RequestUri, second.RequestMessage!.RequestUri);
    }

    [Fact]
    public async Task Nobody_else_sees_the_address_of_an_order()
    {
        using var owner = new Shopper(shop.Url);
        using var stranger = new Shopper(shop.Url);
        string number = await owner.OrderAsync("sea-salt", 4);

        Assert.Contains("1 Quay Street", await owner.ReadOrderAsync(number), StringComparison.Ordinal);
        Assert.DoesNotContain("Quay Street", await stranger.ReadOrderAsync(number), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_status_says_that_every_service_is_up() => await Eventually.TrueAsync("everything is up", TimeSpan.FromMinutes(1), async () =>
    {
        using var status = JsonDocument.Parse(await shop.Http.GetStringAsync(new Uri(shop.Url, "/status.json")));
        return status.RootElement.GetProperty("state").GetString() == "up"
            && status.RootElement.GetProperty("services").GetArrayLength() == 7;
    });

    [GeneratedRegex("name=\"token\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Token();
}
