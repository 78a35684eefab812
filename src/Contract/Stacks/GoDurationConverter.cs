using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Contract.Stacks;

/// <summary>Durations as Go prints and reads them: <c>1m30s</c>, <c>500ms</c>.</summary>
public sealed class GoDurationConverter : JsonConverter<TimeSpan>
{
    /// <inheritdoc/>
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        GoDuration.TryParse(reader.GetString(), out TimeSpan value) ? value : throw new JsonException($"invalid duration \"{reader.GetString()}\"");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
        writer.WriteStringValue(GoDuration.Format(value));
}
