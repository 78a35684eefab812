namespace Shop.Web.Visitors;

/// <summary>Lets a form through only if it stood on a page of ours.</summary>
internal sealed class FormGuard : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.HasFormContentType)
            return TypedResults.StatusCode(StatusCodes.Status415UnsupportedMediaType);

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        bool ours = Visitor.Of(http).Owns(form["token"]) && http.Request.Headers["Sec-Fetch-Site"] is not ["cross-site"];
        return ours ? await next(context) : TypedResults.StatusCode(StatusCodes.Status403Forbidden);
    }
}
