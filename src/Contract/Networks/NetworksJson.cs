using System.Text.Json.Serialization;
using Argosy.Contract.Json;

namespace Argosy.Contract.Networks;

/// <summary>The JSON of networks.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(GoStringConverter), typeof(GoInt32Converter), typeof(GoInt64Converter), typeof(GoBooleanConverter), typeof(GoTimeConverter)])]
[JsonSerializable(typeof(NetworkCreateRequest))]
[JsonSerializable(typeof(NetworkCreateResponse))]
[JsonSerializable(typeof(NetworkInspect))]
[JsonSerializable(typeof(IReadOnlyList<NetworkInspect>))]
[JsonSerializable(typeof(NetworkConnectRequest))]
[JsonSerializable(typeof(NetworkDisconnectRequest))]
[JsonSerializable(typeof(NetworkPruneResponse))]
public sealed partial class NetworksJson : JsonSerializerContext;
