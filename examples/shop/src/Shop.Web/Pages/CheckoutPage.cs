using Shop.Common.Contract;
using Shop.Common.Markup;
using Shop.Web.Visitors;

namespace Shop.Web.Pages;

/// <summary>Address and confirmation.</summary>
internal static class CheckoutPage
{
    internal static Html Render(PageContext context, Basket basket, CheckoutForm form) => Layout.Page(context, "Checkout", Html.Of(
        $"""
        <h1>Checkout</h1>
        {Html.If(form.Problems.Count > 0, () => Html.Of($"""<p class="complaint" role="alert">Please look at the marked lines below.</p>"""))}
        <div class="two">
          <form id="checkout" class="address" method="post" action="/checkout">
            {Layout.Token(context)}<input type="hidden" name="key" value="{form.Key}"><input type="hidden" name="total" value="{basket.TotalCents}">
            {Field(form, "name", "Name", form.Customer.Name, "name")}
            {Field(form, "email", "E-mail", form.Customer.Email, "email", "email")}
            {Field(form, "address", "Street and number", form.Customer.Address, "street-address")}
            <div class="pair">{Field(form, "postcode", "Postcode", form.Customer.Postcode, "postal-code")}{Field(form, "city", "Town", form.Customer.City, "address-level2")}</div>
            {Field(form, "country", "Country", form.Customer.Country, "country-name")}
            <p class="quiet">This is a demonstration shop: nothing is charged, and no e-mail is sent.</p>
            <button class="button" type="submit">Place the order · {Money.Format(basket.TotalCents)}</button>
          </form>
          <aside class="summary" aria-label="Summary">
            <ul class="short">{Html.Join(basket.Lines, line => Html.Of($"<li><span>{line.Quantity} × {line.Product.Name}</span><span>{Money.Format(line.Product.PriceCents * line.Quantity)}</span></li>"))}</ul>
            {Totals.Render(basket)}
          </aside>
        </div>
        """));

    private static Html Field(CheckoutForm form, string name, string label, string value, string autocomplete, string type = "text")
    {
        bool wrong = form.Problems.TryGetValue(name, out string? problem);
        return Html.Of(
            $"""
            <div class="field{(wrong ? " wrong" : "")}">
              <label for="{name}">{label}</label>
              <input id="{name}" name="{name}" type="{type}" value="{value}" autocomplete="{autocomplete}" maxlength="200" required{Html.If(wrong, () => Html.Of($" aria-invalid=\"true\" aria-describedby=\"{name}-problem\""))}>
              {Html.If(wrong, () => Html.Of($"<p class=\"problem\" id=\"{name}-problem\">{problem}</p>"))}
            </div>
            """);
    }
}
