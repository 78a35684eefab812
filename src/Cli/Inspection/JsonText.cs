using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Argosy.Cli.Inspection;

/// <summary>JSON as the engine wrote it, indented by four spaces or not at all.</summary>
internal static class JsonText
{
    public static string Indented(IReadOnlyList<JsonElement> documents) => Write(documents, new JsonWriterOptions
    {
        Indented = true,
        IndentSize = 4,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Compact(IReadOnlyList<JsonElement> documents) =>
        Write(documents, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private static string Write(IReadOnlyList<JsonElement> documents, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            writer.WriteStartArray();
            foreach (JsonElement document in documents)
                document.WriteTo(writer);
            writer.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
