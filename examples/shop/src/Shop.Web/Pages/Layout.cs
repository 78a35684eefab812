using Shop.Common.Markup;

namespace Shop.Web.Pages;

/// <summary>The frame of every page.</summary>
internal static class Layout
{
    internal static Html Page(PageContext context, string title, Html main, Html head = default) => Html.Of(
        $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="theme-color" content="#14344a">
          <title>{title} – Lantern &amp; Line</title>
          <link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
          <link rel="stylesheet" href="/assets/shop.css">
          {head}
        </head>
        <body>
          <a class="skip" href="#main">Skip to the content</a>
          <p class="notice">Free delivery · 30 days to change your mind</p>
          <header class="masthead">
            <div class="wrap bar">
              <a class="brand" href="/"><img src="/assets/mark.svg" alt="" width="34" height="34"><span>Lantern &amp; Line</span></a>
              <form class="search" action="/search" role="search">
                <label class="unseen" for="q">Search the shop</label>
                <input id="q" name="q" type="search" maxlength="100" placeholder="kettle, wool, rope …" value="{context.Query}">
                <button type="submit">Search</button>
              </form>
              <nav aria-label="Main">
                <a href="/orders">Orders</a>
                <a class="cart-link" href="/cart">Cart{Pieces(context.CartPieces)}</a>
              </nav>
            </div>
          </header>
          <main id="main" class="wrap">
        {main}
          </main>
          <footer class="footer">
            <div class="wrap columns">
              <p><strong>Lantern &amp; Line</strong><br>Goods for the sea and the shore.<br>A demonstration: nothing is charged and nothing is sent.</p>
              <nav aria-label="Footer"><a href="/">Catalogue</a><a href="/orders">Your orders</a><a href="/status">System status</a></nav>
            </div>
          </footer>
        </body>
        </html>

        """);

    /// <summary>The hidden field that makes a form one of ours.</summary>
    internal static Html Token(PageContext context) => Html.Of($"""<input type="hidden" name="token" value="{context.FormToken}">""");

    private static Html Pieces(int? pieces) => pieces is > 0
        ? Html.Of($"""<span class="count" aria-label="{pieces.Value} items">{pieces.Value}</span>""")
        : Html.Empty;
}
