using System.Text.Json.Serialization;
using System.Text.Json;
using Argosy.Core;

namespace Argosy.Networks;

/// <summary>The id as plain text.</summary>
public sealed class ContainerIdConverter : JsonConverter<ContainerId>
{
    /// <inheritdoc/>
    public override ContainerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ContainerId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
