using System.Globalization;
using System.Text.RegularExpressions;
using Argosy.Api.Http;
using Argosy.Build.Cache;
using Argosy.Core;
using Microsoft.AspNetCore.Http;

namespace Argosy.Api.Routes.Build;

/// <summary>The parameters of <c>POST /build/prune</c>. <c>all</c> changes nothing: there is no internal cache that is spared without it.</summary>
internal static class PruneQuery
{
    public static BuildPrune Read(HttpContext context, TimeProvider clock)
    {
        Filters filters = context.Filters();
        filters.Require("until", "unused-for", "id", "type", "description", "inuse");
        TimeSpan? age = filters.Get("until").Concat(filters.Get("unused-for")).Select(BuildQuery.Age).FirstOrDefault();
        return new BuildPrune
        {
            UnusedSince = age is { } unused ? clock.GetUtcNow() - unused : null,
            // Older clients say keep-storage.
            ReservedSpace = Size(context, "reserved-space") ?? Size(context, "keep-storage"),
            MaxUsedSpace = Size(context, "max-used-space"),
            MinFreeSpace = Size(context, "min-free-space"),
            Filter = entry => filters.Get("id").All(id => entry.Id.StartsWith(id, StringComparison.Ordinal))
                && filters.Get("type").All(type => entry.Type == type)
                && filters.Get("description").All(pattern => Matches(pattern, entry.Description))
                && filters.Get("inuse").All(text => entry.InUse == (text is "1" or "true" or "")),
        };
    }

    private static long? Size(HttpContext context, string name) =>
        context.Query(name) is not { Length: > 0 } text ? null
        : !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long size) ? throw EngineException.Invalid($"{name} is in bytes and expects an integer, got {text}")
        : size > 0 ? size : null;

    /// <summary>As BuildKit: a text that is in it, or a regular expression.</summary>
    private static bool Matches(string pattern, string description)
    {
        try
        {
            return Regex.IsMatch(description, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            throw EngineException.Invalid($"invalid filter 'description={pattern}'");
        }
    }
}
