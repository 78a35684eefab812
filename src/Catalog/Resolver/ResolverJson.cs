using System.Text.Json.Serialization;
using Argosy.Networks;

namespace Argosy.Catalog.Resolver;

/// <summary>The messages between daemon and resolver.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(AddressConverter), typeof(SubnetConverter), typeof(NetworkIdConverter), typeof(ContainerIdConverter)])]
[JsonSerializable(typeof(ResolverRequest))]
[JsonSerializable(typeof(ResolverAnswer))]
internal sealed partial class ResolverJson : JsonSerializerContext;
