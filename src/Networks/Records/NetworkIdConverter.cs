using System.Text.Json.Serialization;
using System.Text.Json;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>The id as plain text.</summary>
internal sealed class NetworkIdConverter : JsonConverter<NetworkId>
{
    public override NetworkId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, NetworkId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
