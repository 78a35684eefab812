using Shop.Carts;
using Shop.Common.Contract;
using Shop.Common.Markup;

namespace Shop.Web.Pages;

/// <summary>One product.</summary>
internal static class ProductPage
{
    internal static Html Render(PageContext context, Product product) => Layout.Page(context, product.Name, Html.Of(
        $"""
        <nav class="crumbs" aria-label="You are here"><a href="/">Catalogue</a> / <a href="/category/{product.Category}">{product.CategoryName}</a></nav>
        <article class="product">
          <div class="picture large {product.Category}"><img src="/assets/products/{product.Slug}.svg" alt="{product.Name}" width="480" height="480"></div>
          <div class="product-text">
            <h1>{product.Name}</h1>
            <p class="tagline">{product.Tagline}</p>
            <p class="price large">{Money.Format(product.PriceCents)} {StockLabel.Render(product.Stock)}</p>
            {Buy(context, product)}
            <p>{product.Description}</p>
            <ul class="facts">{Html.Join(product.Facts, fact => Html.Of($"<li>{fact}</li>"))}</ul>
          </div>
        </article>
        """));

    private static Html Buy(PageContext context, Product product) => product.Stock == 0
        ? Html.Of($"""<p class="empty">Sold out for now. We are making more.</p>""")
        : Html.Of(
            $"""
            <form class="buy" method="post" action="/cart/add">
              {Layout.Token(context)}
              <input type="hidden" name="product" value="{product.Id}">
              <label for="quantity">Quantity</label>
              <select id="quantity" name="quantity">{Html.Join(Enumerable.Range(1, Math.Min(product.Stock, CartStore.MostPieces)), n => Html.Of($"<option>{n}</option>"))}</select>
              <button class="button" type="submit">Add to cart</button>
            </form>
            """);
}
