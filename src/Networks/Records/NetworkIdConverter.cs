using System.Text.Json.Serialization;
using System.Text.Json;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>The id as plain text.</summary>
public sealed class NetworkIdConverter : JsonConverter<NetworkId>
{
    /// <inheritdoc/>
    public override NetworkId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, NetworkId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
