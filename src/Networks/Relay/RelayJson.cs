using System.Text.Json.Serialization;

namespace Argosy.Networks.Relay;

/// <summary>The messages between daemon and relay.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(AddressConverter), typeof(ContainerIdConverter)])]
[JsonSerializable(typeof(RelayRequest))]
[JsonSerializable(typeof(RelayAnswer))]
internal sealed partial class RelayJson : JsonSerializerContext;
