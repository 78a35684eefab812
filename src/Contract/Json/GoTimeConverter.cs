using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Contract.Json;

/// <summary>RFC3339Nano times; null and the empty text are the zero time.</summary>
public sealed class GoTimeConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? text = reader.GetString();
        if (string.IsNullOrEmpty(text))
            return default;
        return GoTime.TryParse(text, out DateTimeOffset time) ? time : throw new JsonException($"parsing time \"{text}\" as RFC 3339 failed");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(GoTime.Format(value));
}
