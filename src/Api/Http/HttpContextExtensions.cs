using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Argosy.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Argosy.Api.Http;

/// <summary>Reading requests and writing answers the way the Engine API wants them.</summary>
internal static class HttpContextExtensions
{
    /// <summary>The API version the client asked for.</summary>
    internal static ApiVersion ApiVersion(this HttpContext context) => ApiVersionMiddleware.Of(context);

    /// <summary>A route value, percent-decoded ("%2F" included, which routing leaves alone).</summary>
    internal static string Route(this HttpContext context, string name) =>
        Uri.UnescapeDataString((string?)context.GetRouteValue(name) ?? throw EngineException.Invalid($"missing path parameter {name}"));

    /// <summary>A query parameter; null when it is absent.</summary>
    internal static string? Query(this HttpContext context, string name) =>
        context.Request.Query.TryGetValue(name, out var values) ? values[^1] : null;

    /// <summary>A boolean query parameter as dockerd reads it: absent, "", "0", "no", "false" and "none" are false.</summary>
    internal static bool QueryBool(this HttpContext context, string name, bool absent = false) =>
        context.Query(name) is not { } text ? absent : text.Trim().ToLowerInvariant() is not ("" or "0" or "no" or "false" or "none");

    /// <summary>An integer query parameter; null when absent or empty.</summary>
    internal static int? QueryInt(this HttpContext context, string name)
    {
        if (context.Query(name) is not { Length: > 0 } text)
            return null;
        return int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out int value)
            ? value : throw EngineException.Invalid($"strconv.Atoi: parsing \"{text}\": invalid syntax");
    }

    /// <summary>The <c>filters</c> query parameter.</summary>
    internal static Filters Filters(this HttpContext context) => Http.Filters.Parse(context.Query("filters"));

    /// <summary>Reads the JSON body.</summary>
    /// <exception cref="EngineException"><see cref="ErrorKind.InvalidArgument"/> when it is missing or malformed.</exception>
    internal static async Task<T> ReadJsonAsync<T>(this HttpContext context, JsonTypeInfo<T> type) where T : class =>
        await context.ReadJsonOrNullAsync(type) ?? throw EngineException.Invalid("got null where a JSON object was expected");

    /// <summary>Reads the JSON body; null when there is none, or when it says <c>null</c>, as old docker clients do.</summary>
    internal static async Task<T?> ReadOptionalJsonAsync<T>(this HttpContext context, JsonTypeInfo<T> type) where T : class =>
        context.Request.ContentLength is 0 || (context.Request.ContentLength is null && context.Request.Headers.TransferEncoding.Count == 0)
            ? null : await context.ReadJsonOrNullAsync(type);

    private static async Task<T?> ReadJsonOrNullAsync<T>(this HttpContext context, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
        }
        catch (JsonException exception)
        {
            throw EngineException.Invalid(context.Request.ContentLength is 0 or null && exception.BytePositionInLine is 0
                ? "invalid JSON: got EOF while reading request body" : "invalid JSON: " + exception.Message);
        }
    }

    /// <summary>Writes a JSON answer; set another status before.</summary>
    internal static async Task WriteJsonAsync<T>(this HttpContext context, T value, JsonTypeInfo<T> type, int? status = null)
    {
        if (status is { } code)
            context.Response.StatusCode = code;
        await context.WriteJsonAsync(WireJson.Serialize(value, type));
    }

    /// <summary>Writes an answer that is JSON already.</summary>
    internal static async Task WriteJsonAsync(this HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    /// <summary>204.</summary>
    internal static Task NoContent(this HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
