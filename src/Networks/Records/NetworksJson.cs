using System.Text.Json.Serialization;

namespace Argosy.Networks;

/// <summary>How networks and sandboxes are written to the state database.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(AddressConverter), typeof(SubnetConverter), typeof(NetworkIdConverter), typeof(ContainerIdConverter)])]
[JsonSerializable(typeof(NetworkRecord))]
[JsonSerializable(typeof(Sandbox))]
internal sealed partial class NetworksJson : JsonSerializerContext;
