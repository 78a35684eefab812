using Shop.Carts;
using Shop.Web.Backends;
using Shop.Web.Pages;

namespace Shop.Web.Routes;

/// <summary>Looking around.</summary>
internal static class CatalogueRoutes
{
    internal static void MapCatalogue(this WebApplication app)
    {
        app.MapGet("/", FrontAsync);
        app.MapGet("/search", SearchAsync);
        app.MapGet("/category/{slug}", CategoryAsync);
        app.MapGet("/products/{slug}", ProductAsync);
    }

    private static async Task<IResult> FrontAsync(HttpContext http, CatalogClient catalog, CartStore carts, CancellationToken cancellationToken)
    {
        var categories = catalog.CategoriesAsync(cancellationToken);
        var products = catalog.ProductsAsync(null, null, cancellationToken);
        return new HtmlResult(CataloguePage.Front(await PageContexts.Of(http, carts), await categories, await products));
    }

    private static async Task<IResult> SearchAsync(HttpContext http, string? q, CatalogClient catalog, CartStore carts, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(q))
            return TypedResults.Redirect("/");

        var categories = catalog.CategoriesAsync(cancellationToken);
        var products = catalog.ProductsAsync(q, null, cancellationToken);
        var context = await PageContexts.Of(http, carts) with { Query = q };
        return new HtmlResult(CataloguePage.Found(context, await categories, q, await products));
    }

    private static async Task<IResult> CategoryAsync(HttpContext http, string slug, CatalogClient catalog, CartStore carts, CancellationToken cancellationToken)
    {
        var categories = await catalog.CategoriesAsync(cancellationToken);
        if (categories.FirstOrDefault(category => category.Slug == slug) is not { } found)
            return TypedResults.NotFound();

        var products = await catalog.ProductsAsync(null, slug, cancellationToken);
        return new HtmlResult(CataloguePage.OfCategory(await PageContexts.Of(http, carts), categories, found, products));
    }

    private static async Task<IResult> ProductAsync(HttpContext http, string slug, CatalogClient catalog, CartStore carts, CancellationToken cancellationToken) =>
        await catalog.ProductAsync(slug, cancellationToken) is { } product
            ? new HtmlResult(ProductPage.Render(await PageContexts.Of(http, carts), product))
            : TypedResults.NotFound();
}
