using Microsoft.AspNetCore.Http.HttpResults;
using Shop.Common.Contract;

namespace Shop.Catalog;

/// <summary>The HTTP interface of the catalogue.</summary>
internal static class CatalogRoutes
{
    private const int LongestQuery = 100;
    private const int MostIds = 100;

    internal static void MapCatalog(this WebApplication app)
    {
        app.MapGet("/categories", CategoriesAsync);
        app.MapGet("/products", ProductsAsync);
        app.MapGet("/products/{slug}", ProductAsync);
    }

    private static async Task<JsonHttpResult<IReadOnlyList<Category>>> CategoriesAsync(ProductStore products, CancellationToken cancellationToken) =>
        TypedResults.Json(await products.CategoriesAsync(cancellationToken), ShopJson.Default.IReadOnlyListCategory);

    // ?q= searches, ?category= narrows, ?ids=1,2,3 names products; without any of them, everything.
    private static async Task<Results<JsonHttpResult<IReadOnlyList<Product>>, BadRequest<string>>> ProductsAsync(
        string? q, string? category, string? ids, ProductStore products, CancellationToken cancellationToken)
    {
        if (!TryParseIds(ids, out int[]? wanted))
            return TypedResults.BadRequest($"ids must be at most {MostIds} numbers with commas between them");

        string? query = q?.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, LongestQuery)] : null;
        var found = await products.FindAsync(query, category, wanted, cancellationToken);
        return TypedResults.Json(found, ShopJson.Default.IReadOnlyListProduct);
    }

    private static async Task<Results<JsonHttpResult<Product>, NotFound>> ProductAsync(
        string slug, ProductStore products, CancellationToken cancellationToken) =>
        await products.FindBySlugAsync(slug, cancellationToken) is { } product
            ? TypedResults.Json(product, ShopJson.Default.Product)
            : TypedResults.NotFound();

    private static bool TryParseIds(string? text, out int[]? ids)
    {
        ids = null;
        if (text is null)
            return true;

        string[] parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries);
        ids = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], out ids[i]))
                return false;
        }
        return parts.Length <= MostIds;
    }
}
