using Shop.Common.Contract;

namespace Shop.Web.Backends;

/// <summary>The catalogue service.</summary>
internal sealed class CatalogClient(Backend backend)
{
    internal async Task<IReadOnlyList<Category>> CategoriesAsync(CancellationToken cancellationToken) =>
        await backend.GetAsync("/categories", ShopJson.Default.IReadOnlyListCategory, cancellationToken) ?? [];

    internal async Task<IReadOnlyList<Product>> ProductsAsync(string? query, string? category, CancellationToken cancellationToken)
    {
        string path = $"/products?{Parameter("q", query)}{Parameter("category", category)}";
        return await backend.GetAsync(path, ShopJson.Default.IReadOnlyListProduct, cancellationToken) ?? [];
    }

    internal async Task<IReadOnlyDictionary<int, Product>> ProductsAsync(IEnumerable<int> ids, CancellationToken cancellationToken)
    {
        string list = string.Join(',', ids);
        var products = list.Length == 0
            ? []
            : await backend.GetAsync($"/products?ids={list}", ShopJson.Default.IReadOnlyListProduct, cancellationToken) ?? [];
        return products.ToDictionary(product => product.Id);
    }

    internal Task<Product?> ProductAsync(string slug, CancellationToken cancellationToken) =>
        backend.GetAsync($"/products/{Uri.EscapeDataString(slug)}", ShopJson.Default.Product, cancellationToken);

    private static string Parameter(string name, string? value) =>
        string.IsNullOrWhiteSpace(value) ? "" : $"{name}={Uri.EscapeDataString(value)}&";
}
