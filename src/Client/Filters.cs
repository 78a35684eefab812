using System.Text;
using System.Text.Json;

namespace Argosy.Client;

/// <summary>What a list, prune or event request is narrowed to: several values for one key match any of them.</summary>
public sealed class Filters
{
    private readonly SortedDictionary<string, List<string>> values = new(StringComparer.Ordinal);

    /// <summary>True when nothing is filtered.</summary>
    public bool IsEmpty => values.Count == 0;

    /// <summary>The keys that are filtered by.</summary>
    public IReadOnlyCollection<string> Keys => values.Keys;

    /// <summary>Adds one value for a key.</summary>
    public Filters Add(string key, string value)
    {
        if (!values.TryGetValue(key, out List<string>? list))
            values[key] = list = [];
        if (!list.Contains(value))
            list.Add(value);
        return this;
    }

    /// <summary>The wire form: <c>{"label":["a=b"]}</c>.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach ((string key, List<string> list) in values)
            {
                writer.WriteStartArray(key);
                list.ForEach(writer.WriteStringValue);
                writer.WriteEndArray();
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
