using System.Globalization;
using Shop.Common.Contract;
using Shop.Common.Markup;

namespace Shop.Web.Pages;

/// <summary>The orders that this visitor has placed.</summary>
internal static class OrdersPage
{
    internal static Html Render(PageContext context, IReadOnlyList<Order> orders) => Layout.Page(context, "Your orders", orders.Count == 0
        ? Html.Of(
            $"""
            <h1>Your orders</h1>
            <p class="empty">Nothing here yet: you have not ordered from this browser. <a href="/">Back to the catalogue</a></p>
            """)
        : Html.Of(
            $"""
            <h1>Your orders</h1>
            <ul class="lines orders">{Html.Join(orders, Row)}</ul>
            """));

    private static Html Row(Order order) => Html.Of(
        $"""
        <li class="line">
          <div class="line-text"><a class="card-name number" href="/orders/{order.Number}">{OrderPage.Spaced(order.Number)}</a>
            <span class="quiet">{order.PlacedAt.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture)} · {order.Lines.Sum(line => line.Quantity)} items</span></div>
          <span class="badge {order.Status}">{order.Status}</span>
          <span class="price">{Money.Format(order.TotalCents)}</span>
        </li>
        """);
}
