using System.Globalization;
using Shop.Common.Contract;
using Shop.Common.Markup;

namespace Shop.Web.Pages;

/// <summary>An order and its progress; the page renews itself until the parcel has left.</summary>
internal static class OrderPage
{
    /// <param name="owner">Whether the visitor placed the order: nobody else is shown the address.</param>
    internal static Html Render(PageContext context, Order order, bool owner) => Layout.Page(
        context,
        $"Order {Spaced(order.Number)}",
        Html.Of(
            $"""
            <p class="eyebrow">{(owner ? "Thank you" : "Parcel tracking")}</p>
            <h1>Order <span class="number">{Spaced(order.Number)}</span></h1>
            <p class="tagline" data-status="{order.Status}">{Sentence(order)}</p>
            <ol class="progress">
              {Step("Placed", "We have your order.", order.PlacedAt, order.Status == "placed")}
              {Step("Packed", "Wrapped and labelled.", order.PackedAt, order.Status == "packed")}
              {Step("Shipped", order.Tracking is { } tracking ? $"Parcel {tracking}" : "On its way to you.", order.ShippedAt, order.Status == "shipped")}
            </ol>
            <div class="two">
              <ul class="lines">{Html.Join(order.Lines, Line)}</ul>
              <aside class="summary" aria-label="Summary">
                <dl class="totals"><div class="sum"><dt>Total</dt><dd>{Money.Format(order.TotalCents)}</dd></div></dl>
                {Html.If(owner, () => Address(order.Customer))}
              </aside>
            </div>
            """),
        Html.If(order.Status != "shipped", () => Html.Of($"""<meta http-equiv="refresh" content="2">""")));

    /// <summary>In groups of four, for reading aloud.</summary>
    internal static string Spaced(string number) => string.Join(' ', number.Chunk(4).Select(group => new string(group)));

    private static string Sentence(Order order) => order.Status switch
    {
        "placed" => "Your order is in. Somebody is reaching for the boxes.",
        "packed" => "Packed, labelled, waiting for the van.",
        _ => "Shipped. Fair winds to your parcel.",
    };

    private static Html Step(string name, string text, DateTimeOffset? at, bool current) => Html.Of(
        $"""
        <li class="{(at is null ? "todo" : "done")}{(current ? " current" : "")}"{Html.If(current, () => Html.Of($" aria-current=\"step\""))}>
          <strong>{name}</strong><span>{text}</span><time>{at?.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}</time>
        </li>
        """);

    private static Html Line(OrderLine line) => Html.Of(
        $"""
        <li class="line">
          <a class="picture small" href="/products/{line.Slug}"><img src="/assets/products/{line.Slug}.svg" alt="" width="88" height="88"></a>
          <div class="line-text"><a class="card-name" href="/products/{line.Slug}">{line.Name}</a><span class="quiet">{line.Quantity} × {Money.Format(line.UnitPriceCents)}</span></div>
          <span class="price">{Money.Format(line.UnitPriceCents * line.Quantity)}</span>
        </li>
        """);

    private static Html Address(Customer customer) => Html.Of(
        $"""<h2 class="small">Delivery</h2><address>{customer.Name}<br>{customer.Address}<br>{customer.Postcode} {customer.City}<br>{customer.Country}</address><p class="quiet">{customer.Email}</p>""");
}
