using System.Net;
using System.Text.Json.Serialization;
using System.Text.Json;

namespace Argosy.Networks;

/// <summary>A subnet as "address/length".</summary>
internal sealed class SubnetConverter : JsonConverter<IPNetwork>
{
    public override IPNetwork Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => IPNetwork.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, IPNetwork value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
