using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Argosy.Cli.Templates;

/// <summary>Values in Go's ways: how they are printed, when they are true, how they become JSON.</summary>
internal static class GoText
{
    public static string Print(object? value) => value switch
    {
        null => "<no value>",
        string text => text,
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        double number => Float(number),
        IReadOnlyDictionary<string, object?> map =>
            "map[" + string.Join(' ', map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}:{Inner(entry.Value)}")) + "]",
        IEnumerable list => "[" + string.Join(' ', list.Cast<object?>().Select(Inner)) + "]",
        _ => value.ToString() ?? "",
    };

    public static bool IsTrue(object? value) => value switch
    {
        null => false,
        string text => text.Length > 0,
        bool flag => flag,
        long number => number != 0,
        double number => number != 0,
        IReadOnlyDictionary<string, object?> map => map.Count > 0,
        IEnumerable list => list.Cast<object?>().Any(),
        _ => true,
    };

    public static string TypeName(object? value) => value switch
    {
        null => "nil",
        string => "string",
        bool => "bool",
        long => "int",
        double => "float64",
        _ => "interface {}",
    };

    /// <summary>Compact JSON, keys in order, with Go's escapes of &lt;, &gt; and &amp;.</summary>
    public static string Json(object? value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, value);
        return Encoding.UTF8.GetString(buffer.ToArray())
            .Replace("<", "\\u003c", StringComparison.Ordinal).Replace(">", "\\u003e", StringComparison.Ordinal).Replace("&", "\\u0026", StringComparison.Ordinal);
    }

    /// <summary>Maps, lists and values from JSON; the order of keys is kept.</summary>
    public static object? FromJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonMap(element.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, FromJson(property.Value)))),
        JsonValueKind.Array => element.EnumerateArray().Select(FromJson).ToList(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? (object)whole : element.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static string Inner(object? value) => value is null ? "<nil>" : Print(value);

    private static string Float(double number) => Math.Abs(number) is >= 1e21 or (< 1e-4 and > 0)
        ? number.ToString("0.################e+00", CultureInfo.InvariantCulture)
        : number.ToString("0.################", CultureInfo.InvariantCulture);

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case long number: writer.WriteNumberValue(number); break;
            case double number: writer.WriteNumberValue(number); break;
            case IReadOnlyDictionary<string, object?> map: WriteMap(writer, map); break;
            case IEnumerable list: WriteList(writer, list); break;
            default: writer.WriteStringValue(value.ToString()); break;
        }
    }

    private static void WriteMap(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> map)
    {
        writer.WriteStartObject();
        IEnumerable<KeyValuePair<string, object?>> entries = map is JsonMap ? map : map.OrderBy(entry => entry.Key, StringComparer.Ordinal);
        foreach ((string key, object? value) in entries)
        {
            if (value is Delegate)
                continue;
            writer.WritePropertyName(key);
            Write(writer, value);
        }
        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, IEnumerable list)
    {
        writer.WriteStartArray();
        foreach (object? item in list)
            Write(writer, item);
        writer.WriteEndArray();
    }
}
