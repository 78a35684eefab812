using Argosy.Api.Http;
using Argosy.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Routes.Images;

/// <summary>
/// Paths of the form <c>/images/{name}/{verb}</c>, where the name has slashes of its own: routing has no pattern for a
/// catch-all in the middle, so each verb is a catch-all with a constraint on its end.
/// </summary>
internal static class ImageRouteExtensions
{
    internal static void MapImageGet(this IEndpointRouteBuilder routes, string verb, Func<HttpContext, string, Task> handler) =>
        routes.MapGet(Pattern("/images", verb), context => handler(context, NameOf(context, verb)));

    internal static void MapImagePost(this IEndpointRouteBuilder routes, string verb, Func<HttpContext, string, Task> handler) =>
        routes.MapPost(Pattern("/images", verb), context => handler(context, NameOf(context, verb)));

    internal static void MapDistributionGet(this IEndpointRouteBuilder routes, string verb, Func<HttpContext, string, Task> handler) =>
        routes.MapGet(Pattern("/distribution", verb), context => handler(context, NameOf(context, verb)));

    private static string Pattern(string resource, string verb) => $"{resource}/{{**name:verb({verb})}}";

    private static string NameOf(HttpContext context, string verb)
    {
        string name = context.Route("name")[..^(verb.Length + 1)];
        return name.Length > 0 ? name : throw EngineException.Invalid("image name cannot be blank");
    }
}
