using System.Text;
using System.Text.Json;

namespace Argosy.Runtime.Conmon;

/// <summary>A line on conmon's sync pipe: the pid, or a negative number and the runtime's words.</summary>
internal sealed record ConmonReply(int Data, string? Message)
{
    /// <summary>Reads <c>{"data": 1234, "message": "…"}</c>; a line that is no JSON (conmon escapes by hand) becomes the message of a failure.</summary>
    public static ConmonReply Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            string? message = document.RootElement.TryGetProperty("message", out JsonElement text) ? text.GetString() : null;
            return new ConmonReply(document.RootElement.GetProperty("data").GetInt32(), message);
        }
        catch (JsonException)
        {
            return new ConmonReply(-1, Encoding.UTF8.GetString(line));
        }
    }
}
