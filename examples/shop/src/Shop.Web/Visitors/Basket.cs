using Shop.Carts;
using Shop.Common.Contract;
using Shop.Web.Backends;

namespace Shop.Web.Visitors;

/// <summary>A visitor's cart with the products that are in it.</summary>
internal sealed record Basket(IReadOnlyList<BasketLine> Lines)
{
    internal int Pieces => Lines.Sum(line => line.Quantity);

    internal int TotalCents => Lines.Sum(line => line.Product.PriceCents * line.Quantity);

    internal IReadOnlyList<OrderItem> Items => [.. Lines.Select(line => new OrderItem(line.Product.Id, line.Quantity))];

    /// <summary>Reads the cart and asks the catalogue for its products; one that is not sold any more is left out.</summary>
    internal static async Task<Basket> LoadAsync(CartStore carts, CatalogClient catalog, string visitorId, CancellationToken cancellationToken)
    {
        var items = await carts.GetAsync(visitorId);
        var products = await catalog.ProductsAsync(items.Select(item => item.ProductId), cancellationToken);
        return new Basket([.. items
            .Where(item => products.ContainsKey(item.ProductId))
            .Select(item => new BasketLine(products[item.ProductId], item.Quantity))]);
    }

    /// <summary>How many pieces are in the cart, for the masthead; null when the cache is away, which must not keep anybody from looking around.</summary>
    internal static async Task<int?> CountAsync(CartStore carts, string visitorId)
    {
        try
        {
            return (await carts.GetAsync(visitorId)).Sum(item => item.Quantity);
        }
        catch (CacheAwayException)
        {
            return null;
        }
    }
}
