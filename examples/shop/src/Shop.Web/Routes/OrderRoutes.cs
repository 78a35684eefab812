using Shop.Carts;
using Shop.Common.Contract;
using Shop.Web.Backends;
using Shop.Web.Pages;
using Shop.Web.Visitors;

namespace Shop.Web.Routes;

/// <summary>Orders and the system's status.</summary>
internal static class OrderRoutes
{
    private const int Shown = 10;

    internal static void MapOrdersAndStatus(this WebApplication app)
    {
        app.MapGet("/orders", OrdersAsync);
        app.MapGet("/orders/{number}", OrderAsync);
        app.MapGet("/status", async (MonitorClient monitor, CancellationToken cancellationToken) =>
            TypedResults.Content(await monitor.ReadAsync("/status", cancellationToken), "text/html; charset=utf-8"));
        app.MapGet("/status.json", async (MonitorClient monitor, CancellationToken cancellationToken) =>
            TypedResults.Content(await monitor.ReadAsync("/status.json", cancellationToken), "application/json; charset=utf-8"));
    }

    private static async Task<IResult> OrdersAsync(
        HttpContext http, CartStore carts, SessionStore sessions, OrdersClient orders, CancellationToken cancellationToken)
    {
        var numbers = await sessions.OrdersAsync(Visitor.Of(http).Id);
        var found = await Task.WhenAll(numbers.Take(Shown).Select(number => orders.FindAsync(number, cancellationToken)));
        return new HtmlResult(OrdersPage.Render(await PageContexts.Of(http, carts), [.. found.OfType<Order>()]));
    }

    private static async Task<IResult> OrderAsync(
        HttpContext http, string number, CartStore carts, SessionStore sessions, OrdersClient orders, CancellationToken cancellationToken)
    {
        if (await orders.FindAsync(number, cancellationToken) is not { } order)
            return TypedResults.NotFound();

        bool owner = await IsOwnerAsync(sessions, Visitor.Of(http).Id, number);
        return new HtmlResult(OrderPage.Render(await PageContexts.Of(http, carts), order, owner));
    }

    // When the cache is away nobody can be recognised; the progress is shown all the same.
    private static async Task<bool> IsOwnerAsync(SessionStore sessions, string visitorId, string number)
    {
        try
        {
            return (await sessions.OrdersAsync(visitorId)).Contains(number);
        }
        catch (CacheAwayException)
        {
            return false;
        }
    }
}
