using System.Net;
using System.Text.Json.Serialization;
using System.Text.Json;

namespace Argosy.Networks;

/// <summary>A subnet as "address/length".</summary>
public sealed class SubnetConverter : JsonConverter<IPNetwork>
{
    /// <inheritdoc/>
    public override IPNetwork Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => IPNetwork.Parse(reader.GetString()!);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IPNetwork value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
