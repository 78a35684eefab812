using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Images;

/// <summary>Lets a catch-all match only when its last segment is a given verb and something stands before it.</summary>
internal sealed class VerbConstraint(string verb) : IRouteConstraint
{
    private readonly string ending = "/" + verb;

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
        values.TryGetValue(routeKey, out object? value) && value is string text && text.Length > ending.Length && text.EndsWith(ending, StringComparison.Ordinal);
}
