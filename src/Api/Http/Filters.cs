using System.Text.Json;
using Argosy.Core;

namespace Argosy.Api.Http;

/// <summary>
/// The <c>filters</c> query parameter: <c>{"label":["a=b"]}</c>, or the old form <c>{"label":{"a=b":true}}</c>.
/// </summary>
internal sealed class Filters
{
    private readonly Dictionary<string, List<string>> values = new(StringComparer.Ordinal);

    /// <summary>The keys that were given.</summary>
    internal IEnumerable<string> Keys => values.Keys;

    internal static Filters Parse(string? json)
    {
        var filters = new Filters();
        if (string.IsNullOrEmpty(json))
            return filters;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            foreach (JsonProperty key in document.RootElement.EnumerateObject())
                filters.values[key.Name] = [.. ReadValues(key.Value)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw EngineException.Invalid("invalid filter: " + exception.Message);
        }
        return filters;
    }

    /// <summary>The values given for a key; empty when it was not given.</summary>
    internal IReadOnlyList<string> Get(string key) => values.TryGetValue(key, out List<string>? list) ? list : [];

    /// <summary>True when the key was given.</summary>
    internal bool Has(string key) => values.ContainsKey(key);

    /// <summary>A boolean filter (dangling=true); null when it was not given.</summary>
    internal bool? GetBool(string key)
    {
        if (!Has(key))
            return null;
        IReadOnlyList<string> given = Get(key);
        if (given.Count == 1 && given[0] is "1" or "true" or "t" or "True" or "TRUE")
            return true;
        if (given.Count == 1 && given[0] is "0" or "false" or "f" or "False" or "FALSE")
            return false;
        throw EngineException.Invalid($"invalid filter '{key}={string.Join(',', given)}'");
    }

    /// <summary>Refuses keys that the endpoint does not know, with Docker's text.</summary>
    internal void Require(params ReadOnlySpan<string> known)
    {
        foreach (string key in Keys)
        {
            if (!known.Contains(key))
                throw EngineException.Invalid($"invalid filter '{key}'");
        }
    }

    /// <summary>True when every <c>label</c> filter (key, or key=value) matches these labels.</summary>
    internal bool MatchesLabels(IReadOnlyDictionary<string, string> labels, string key = "label") =>
        Get(key).All(filter => MatchesLabel(labels, filter));

    internal static bool MatchesLabel(IReadOnlyDictionary<string, string> labels, string filter)
    {
        int equals = filter.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? labels.ContainsKey(filter)
            : labels.TryGetValue(filter[..equals], out string? value) && value == filter[(equals + 1)..];
    }

    private static IEnumerable<string> ReadValues(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Select(item => item.GetString() ?? ""),
        JsonValueKind.Object => element.EnumerateObject().Where(item => item.Value.GetBoolean()).Select(item => item.Name),
        _ => throw new InvalidOperationException("expected an array or an object of values"),
    };
}
