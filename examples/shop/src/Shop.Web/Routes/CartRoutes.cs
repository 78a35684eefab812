using Shop.Carts;
using Shop.Common.Contract;
using Shop.Web.Backends;
using Shop.Web.Pages;
using Shop.Web.Visitors;

namespace Shop.Web.Routes;

/// <summary>The cart and the way to the order. Every POST that changes something ends in a redirection, so that "reload" repeats nothing.</summary>
internal static class CartRoutes
{
    internal static void MapCart(this WebApplication app)
    {
        app.MapGet("/cart", CartAsync);
        app.MapGet("/checkout", CheckoutAsync);
        var forms = app.MapGroup("").AddEndpointFilter<FormGuard>();
        forms.MapPost("/cart/add", AddAsync);
        forms.MapPost("/cart/set", SetAsync);
        forms.MapPost("/checkout/begin", BeginAsync);
        forms.MapPost("/checkout", PlaceAsync);
    }

    private static async Task<IResult> CartAsync(HttpContext http, CartStore carts, CatalogClient catalog, CancellationToken cancellationToken)
    {
        var visitor = Visitor.Of(http);
        var basket = await Basket.LoadAsync(carts, catalog, visitor.Id, cancellationToken);
        return new HtmlResult(CartPage.Render(new PageContext(visitor.FormToken, basket.Pieces), basket));
    }

    private static async Task<IResult> AddAsync(HttpContext http, CartStore carts, SessionStore sessions)
    {
        if (!TryReadLine(http.Request.Form, out int product, out int quantity) || quantity == 0)
            return TypedResults.BadRequest();
        await carts.AddAsync(Visitor.Of(http).Id, product, quantity);
        await sessions.TouchAsync(Visitor.Of(http).Id);
        return See("/cart");
    }

    private static async Task<IResult> SetAsync(HttpContext http, CartStore carts)
    {
        if (!TryReadLine(http.Request.Form, out int product, out int quantity))
            return TypedResults.BadRequest();
        await carts.SetAsync(Visitor.Of(http).Id, product, quantity);
        return See("/cart");
    }

    private static async Task<IResult> BeginAsync(
        HttpContext http, CartStore carts, CatalogClient catalog, OrdersClient orders, CancellationToken cancellationToken)
    {
        var visitor = Visitor.Of(http);
        var basket = await Basket.LoadAsync(carts, catalog, visitor.Id, cancellationToken);
        if (basket.Lines.Count == 0)
            return See("/cart");

        var refusal = await orders.HoldAsync(new ReservationRequest(visitor.Id, basket.Items), cancellationToken);
        return refusal is null ? See("/checkout") : Refuse(visitor, basket, refusal);
    }

    private static async Task<IResult> CheckoutAsync(HttpContext http, CartStore carts, CatalogClient catalog, CancellationToken cancellationToken)
    {
        var visitor = Visitor.Of(http);
        var basket = await Basket.LoadAsync(carts, catalog, visitor.Id, cancellationToken);
        return basket.Lines.Count == 0
            ? See("/cart")
            : new HtmlResult(CheckoutPage.Render(new PageContext(visitor.FormToken, basket.Pieces), basket, CheckoutForm.Blank()));
    }

    private static async Task<IResult> PlaceAsync(
        HttpContext http, CartStore carts, SessionStore sessions, CatalogClient catalog, OrdersClient orders, CancellationToken cancellationToken)
    {
        var visitor = Visitor.Of(http);
        var basket = await Basket.LoadAsync(carts, catalog, visitor.Id, cancellationToken);
        var form = CheckoutForm.Read(http.Request.Form);
        if (form.Problems.Count > 0)
        {
            var page = CheckoutPage.Render(new PageContext(visitor.FormToken, basket.Pieces), basket, form);
            return new HtmlResult(page, StatusCodes.Status422UnprocessableEntity);
        }
        _ = int.TryParse(http.Request.Form["total"], out int shown);
        var request = new OrderRequest(visitor.Id, form.Customer, basket.Items, shown);
        var (order, refusal) = await orders.PlaceAsync(form.Key, request, cancellationToken);
        if (order is null)
            return Refuse(visitor, basket, refusal!);

        await sessions.AddOrderAsync(visitor.Id, order.Number);
        await carts.ClearAsync(visitor.Id);
        return See($"/orders/{order.Number}");
    }

    private static HtmlResult Refuse(Visitor visitor, Basket basket, Refusal refusal) =>
        new(CartPage.Render(new PageContext(visitor.FormToken, basket.Pieces), basket, refusal), StatusCodes.Status409Conflict);

    private static bool TryReadLine(IFormCollection form, out int product, out int quantity)
    {
        quantity = 0;
        return int.TryParse(form["product"], out product) && int.TryParse(form["quantity"], out quantity)
            && quantity is >= 0 and <= CartStore.MostPieces;
    }

    // 303: the browser goes on with GET.
    private static SeeOther See(string path) => new(path);
}
