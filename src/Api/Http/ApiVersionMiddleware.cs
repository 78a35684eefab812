using Argosy.Core;
using Microsoft.AspNetCore.Http;

namespace Argosy.Api.Http;

/// <summary>
/// Takes <c>/v1.51</c> off the path, refuses versions we do not speak, and names ours in every answer.
/// Runs before routing, so that every endpoint exists with and without the prefix.
/// </summary>
internal sealed class ApiVersionMiddleware(RequestDelegate next)
{
    private static readonly object ItemKey = new();

    public Task InvokeAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers["Api-Version"] = ApiVersion.Newest.ToString();
        headers["Ostype"] = "linux";
        headers.Server = "Argosy/" + EngineVersion.Text + " (linux)";
        ApiVersion version = ApiVersion.Newest;
        string path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("/v", StringComparison.Ordinal) && path.IndexOf('/', 1) is var end and > 2
            && ApiVersion.TryParse(path.AsSpan(2, end - 2), out version))
        {
            Check(version);
            context.Request.Path = path[end..];
        }
        context.Items[ItemKey] = version;
        return next(context);
    }

    internal static ApiVersion Of(HttpContext context) => context.Items[ItemKey] is ApiVersion version ? version : ApiVersion.Newest;

    private static void Check(ApiVersion version)
    {
        if (version < ApiVersion.Oldest)
            throw EngineException.Invalid($"client version {version} is too old. Minimum supported API version is {ApiVersion.Oldest}, please upgrade your client to a newer version");
        if (version > ApiVersion.Newest)
            throw EngineException.Invalid($"client version {version} is too new. Maximum supported API version is {ApiVersion.Newest}");
    }
}
