using Shop.Common.Markup;

namespace Shop.Web.Pages;

/// <summary>What the customer learns about the stock.</summary>
internal static class StockLabel
{
    private const int Few = 10;

    internal static Html Render(int stock) => stock switch
    {
        0 => Html.Of($"""<span class="stock none">Sold out</span>"""),
        <= Few => Html.Of($"""<span class="stock few">Only {stock} left</span>"""),
        _ => Html.Of($"""<span class="stock">In stock</span>"""),
    };
}
