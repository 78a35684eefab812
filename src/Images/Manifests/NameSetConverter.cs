using System.Text.Json;
using System.Text.Json.Serialization;

namespace Argosy.Images.Manifests;

/// <summary>Go's <c>map[string]struct{}</c> (<c>{"80/tcp":{}}</c>), a set of names, as a sorted list.</summary>
internal sealed class NameSetConverter : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return [];
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("expected an object whose keys are the names");
        var names = new SortedSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(reader.GetString()!);
            reader.Read();
            reader.Skip();
        }
        return [.. names];
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (string name in value.Order(StringComparer.Ordinal))
        {
            writer.WriteStartObject(name);
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }
}
