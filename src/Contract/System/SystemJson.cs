using System.Text.Json.Serialization;
using Argosy.Contract.Json;

namespace Argosy.Contract.System;

/// <summary>The JSON of the engine itself: version, info, events, credentials, errors.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(GoStringConverter), typeof(GoInt32Converter), typeof(GoInt64Converter), typeof(GoBooleanConverter), typeof(GoTimeConverter)])]
[JsonSerializable(typeof(SystemVersion))]
[JsonSerializable(typeof(SystemInfo))]
[JsonSerializable(typeof(EventMessage))]
[JsonSerializable(typeof(AuthConfig))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, AuthConfig>))]
[JsonSerializable(typeof(AuthResponse))]
[JsonSerializable(typeof(ErrorResponse))]
[JsonSerializable(typeof(DiskUsage))]
[JsonSerializable(typeof(StoreCheckReport))]
public sealed partial class SystemJson : JsonSerializerContext;
