using System.Text.Json.Serialization;
using Argosy.Contract.Json;
using Argosy.Contract.System;

namespace Argosy.Contract.Build;

/// <summary>The JSON of builds: answers, and the parameters that are JSON.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, Converters = [typeof(GoTimeConverter)])]
[JsonSerializable(typeof(BuildResult))]
[JsonSerializable(typeof(BuildCheckResult))]
[JsonSerializable(typeof(BuildStatus))]
[JsonSerializable(typeof(BuildPruneResponse))]
[JsonSerializable(typeof(BuildSessionRequest))]
[JsonSerializable(typeof(BuildSessionResponse))]
[JsonSerializable(typeof(Dictionary<string, string?>), TypeInfoPropertyName = "BuildArguments")]
[JsonSerializable(typeof(List<string>), TypeInfoPropertyName = "Strings")]
[JsonSerializable(typeof(List<BuildExport>), TypeInfoPropertyName = "Exports")]
[JsonSerializable(typeof(List<BuildUlimit>), TypeInfoPropertyName = "Ulimits")]
[JsonSerializable(typeof(Dictionary<string, AuthConfig>), TypeInfoPropertyName = "RegistryConfig")]
public sealed partial class BuildJson : JsonSerializerContext;
