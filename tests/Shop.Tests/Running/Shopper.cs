using System.Net;
using System.Text.RegularExpressions;

namespace Argosy.Shop.Tests.Running;

/// <summary>A customer with a cookie jar, who fills in the same forms as a browser does.</summary>
public sealed partial class Shopper : IDisposable
{
    private readonly HttpClient http;

    /// <summary>A customer who has never been here.</summary>
    public Shopper(Uri shop)
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer() };
        http = new HttpClient(handler) { BaseAddress = shop, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>Orders one product, page by page.</summary>
    /// <returns>The order's number.</returns>
    public async Task<string> OrderAsync(string slug, int productId, int quantity = 1)
    {
        string product = await ReadAsync($"/products/{slug}");
        string token = Token().Match(product).Groups[1].Value;
        await PostAsync("/cart/add", ("token", token), ("product", $"{productId}"), ("quantity", $"{quantity}"));
        await PostAsync("/checkout/begin", ("token", token));
        string checkout = await ReadAsync("/checkout");
        using var placed = await PostAsync(
            "/checkout",
            ("token", token), ("key", Key().Match(checkout).Groups[1].Value), ("total", Total().Match(checkout).Groups[1].Value),
            ("name", "Ada Lovelace"), ("email", "ada@example.com"), ("address", "1 Quay Street"),
            ("postcode", "1011 AB"), ("city", "Amsterdam"), ("country", "Netherlands"));
        var number = Number().Match(placed.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.True(number.Success, $"no order: {placed.RequestMessage.RequestUri} {await placed.Content.ReadAsStringAsync()}");
        return number.Groups[1].Value;
    }

    /// <summary>The page of an order.</summary>
    public Task<string> ReadOrderAsync(string number) => ReadAsync($"/orders/{number}");

    /// <summary>Reads a page that must be there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var answer = await http.GetAsync(path);
        string page = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {page}");
        return page;
    }

    /// <summary>Sends a form.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] fields) =>
        http.PostAsync(path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    [GeneratedRegex("name=\"token\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("name=\"key\" value=\"([0-9a-f]+)\"")]
    private static partial Regex Key();

    [GeneratedRegex("name=\"total\" value=\"([0-9]+)\"")]
    private static partial Regex Total();

    [GeneratedRegex("^/orders/([A-Z2-9]{12})$")]
    private static partial Regex Number();
}
