using Shop.Carts;
using Shop.Common.Contract;
using Shop.Common.Markup;
using Shop.Web.Visitors;

namespace Shop.Web.Pages;

/// <summary>The cart.</summary>
internal static class CartPage
{
    internal static Html Render(PageContext context, Basket basket, Refusal? refusal = null) => Layout.Page(context, "Cart", basket.Lines.Count == 0
        ? Html.Of(
            $"""
            <h1>Your cart is empty</h1>
            <p class="empty">There is room for a kettle. <a href="/">Back to the catalogue</a></p>
            """)
        : Html.Of(
            $"""
            <h1>Your cart</h1>
            {Html.If(refusal is not null, () => Complaint(refusal!))}
            <div class="two">
              <ul class="lines">{Html.Join(basket.Lines, line => Line(context, line))}</ul>
              <aside class="summary" aria-label="Summary">
                {Totals.Render(basket)}
                <form method="post" action="/checkout/begin">{Layout.Token(context)}<button class="button wide" type="submit">Check out</button></form>
                <p class="quiet">We hold your goods for 15 minutes while you check out.</p>
              </aside>
            </div>
            """));

    private static Html Line(PageContext context, BasketLine line) => Html.Of(
        $"""
        <li class="line">
          <a class="picture small {line.Product.Category}" href="/products/{line.Product.Slug}"><img src="/assets/products/{line.Product.Slug}.svg" alt="" width="88" height="88"></a>
          <div class="line-text"><a class="card-name" href="/products/{line.Product.Slug}">{line.Product.Name}</a><span class="quiet">{Money.Format(line.Product.PriceCents)} each</span>
            <div class="line-forms">
              <form method="post" action="/cart/set">
                {Layout.Token(context)}<input type="hidden" name="product" value="{line.Product.Id}">
                <label class="unseen" for="q{line.Product.Id}">Quantity of {line.Product.Name}</label>
                <input id="q{line.Product.Id}" name="quantity" type="number" min="0" max="{CartStore.MostPieces}" value="{line.Quantity}" required>
                <button type="submit">Update</button>
              </form>
              <form method="post" action="/cart/set">
                {Layout.Token(context)}<input type="hidden" name="product" value="{line.Product.Id}"><input type="hidden" name="quantity" value="0">
                <button class="link" type="submit" aria-label="Remove {line.Product.Name}">Remove</button>
              </form>
            </div>
          </div>
          <span class="price">{Money.Format(line.Product.PriceCents * line.Quantity)}</span>
        </li>
        """);

    private static Html Complaint(Refusal refusal) => Html.Of(
        $"""
        <div class="complaint" role="alert"><p>{refusal.Message}</p><ul>{Html.Join(refusal.Shortages, shortage => Html.Of(
            $"<li>{shortage.Name}: {shortage.Available} left, you asked for {shortage.Asked}.</li>"))}</ul></div>
        """);
}
