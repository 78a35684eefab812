using Shop.Carts;
using Shop.Web.Pages;
using Shop.Web.Visitors;

namespace Shop.Web.Routes;

/// <summary>Finds out who looks at a page.</summary>
internal static class PageContexts
{
    internal static async Task<PageContext> Of(HttpContext http, CartStore carts)
    {
        var visitor = Visitor.Of(http);
        return new PageContext(visitor.FormToken, await Basket.CountAsync(carts, visitor.Id));
    }
}
