using Shop.Common.Contract;
using Shop.Common.Markup;

namespace Shop.Web.Pages;

/// <summary>The front page, a category and a search result: all are a grid of products.</summary>
internal static class CataloguePage
{
    internal static Html Front(PageContext context, IReadOnlyList<Category> categories, IReadOnlyList<Product> products) =>
        Layout.Page(context, "Goods for the sea and the shore", Html.Of(
            $"""
            <section class="hero">
              <div class="hero-text">
                <p class="eyebrow">Made to be handed down</p>
                <h1>Good things for people who go out in all weathers.</h1>
                <p>Enamel, wool, brass and canvas from small workshops. Packed by hand, sent the same day.</p>
                <p><a class="button" href="#all">See the catalogue</a></p>
              </div>
              <img src="/assets/hero.svg" alt="A small boat under a night sky, a lantern at its mast" width="640" height="420">
            </section>
            <h2>Favourites</h2>
            <ul class="grid">{Html.Join(products.Where(product => product.Featured).Take(4), Card)}</ul>
            <h2 id="all">Everything</h2>
            {Chips(categories, null)}
            <ul class="grid">{Html.Join(products, Card)}</ul>
            """));

    internal static Html OfCategory(PageContext context, IReadOnlyList<Category> categories, Category category, IReadOnlyList<Product> products) =>
        Layout.Page(context, category.Name, Html.Of(
            $"""
            <h1>{category.Name}</h1>
            {Chips(categories, category.Slug)}
            <ul class="grid">{Html.Join(products, Card)}</ul>
            """));

    internal static Html Found(PageContext context, IReadOnlyList<Category> categories, string query, IReadOnlyList<Product> products) =>
        Layout.Page(context, $"Search: {query}", Html.Of(
            $"""
            <h1>{(products.Count == 0 ? "Nothing found" : products.Count == 1 ? "One thing found" : $"{products.Count} things found")} for “{query}”</h1>
            {Chips(categories, null)}
            {Html.If(products.Count == 0, () => Html.Of($"""<p class="empty">Try a shorter word, or browse by category. Sailors say “lantern” where others say “lamp”.</p>"""))}
            <ul class="grid">{Html.Join(products, Card)}</ul>
            """));

    private static Html Chips(IReadOnlyList<Category> categories, string? current) => Html.Of(
        $"""
        <nav class="chips" aria-label="Categories">
          <a href="/#all"{Html.If(current is null, Current)}>All</a>
          {Html.Join(categories, category => Html.Of(
              $"""<a href="/category/{category.Slug}"{Html.If(category.Slug == current, Current)}>{category.Name} <span>{category.Products}</span></a>"""))}
        </nav>
        """);

    private static Html Current() => Html.Of($" aria-current=\"page\"");

    private static Html Card(Product product) => Html.Of(
        $"""
        <li class="card">
          <a href="/products/{product.Slug}">
            <span class="picture {product.Category}"><img src="/assets/products/{product.Slug}.svg" alt="" width="240" height="240" loading="lazy"></span>
            <span class="card-name">{product.Name}</span>
            <span class="card-line">{product.Tagline}</span>
          </a>
          <span class="price">{Money.Format(product.PriceCents)}</span>
          {StockLabel.Render(product.Stock)}
        </li>
        """);
}
