using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Contract.Json;

/// <summary>A JSON null is the zero value, as it is for a Docker engine. A nullable property still reads null as null.</summary>
public sealed class GoInt32Converter : JsonConverter<int>
{
    /// <inheritdoc/>
    public override bool HandleNull => true;

    /// <inheritdoc/>
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? default : reader.GetInt32();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
