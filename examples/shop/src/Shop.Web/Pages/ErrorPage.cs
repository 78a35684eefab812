using Shop.Common.Markup;

namespace Shop.Web.Pages;

/// <summary>Pages for when something is not there or does not work; they need no other service.</summary>
internal static class ErrorPage
{
    internal static Html Render(PageContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => Page(context, "Not on the chart", "This page does not exist, or it has moved. The catalogue is where it always was."),
        StatusCodes.Status403Forbidden => Page(context, "That form was too old", "For your safety we only take forms from our own fresh pages. Please go back, reload, and try again."),
        StatusCodes.Status503ServiceUnavailable => Page(context, "One moment, please", "A part of the shop is catching its breath. Nothing is lost: your cart is kept. This page tries again by itself.", refresh: true),
        >= 500 => Page(context, "That went wrong", "It is our fault and not yours. It has been written down; please try again."),
        _ => Page(context, "We did not understand that", "The request was not one that this shop knows. Please start again from the catalogue."),
    };

    private static Html Page(PageContext context, string title, string text, bool refresh = false) => Layout.Page(
        context,
        title,
        Html.Of(
            $"""
            <section class="lost">
              <img src="/assets/lost.svg" alt="" width="260" height="180">
              <h1>{title}</h1>
              <p class="tagline">{text}</p>
              <p><a class="button" href="/">To the catalogue</a> <a class="button ghost" href="/status">System status</a></p>
            </section>
            """),
        Html.If(refresh, () => Html.Of($"""<meta http-equiv="refresh" content="5">""")));
}
