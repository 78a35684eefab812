using Shop.Common.Contract;
using Shop.Common.Markup;
using Shop.Web.Visitors;

namespace Shop.Web.Pages;

/// <summary>What it costs.</summary>
internal static class Totals
{
    internal static Html Render(Basket basket) => Html.Of(
        $"""
        <dl class="totals">
          <div><dt>{basket.Pieces} {(basket.Pieces == 1 ? "item" : "items")}</dt><dd>{Money.Format(basket.TotalCents)}</dd></div>
          <div><dt>Delivery</dt><dd>Free</dd></div>
          <div class="sum"><dt>Total</dt><dd>{Money.Format(basket.TotalCents)}</dd></div>
        </dl>
        <p class="quiet">VAT included.</p>
        """);
}
