using System.Text.Json.Serialization;

namespace Argosy.Contract.Volumes;

/// <summary>The JSON of volumes.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Volume))]
[JsonSerializable(typeof(VolumeCloneRequest))]
[JsonSerializable(typeof(VolumeCreateRequest))]
[JsonSerializable(typeof(VolumeListResponse))]
[JsonSerializable(typeof(VolumePruneResponse))]
public sealed partial class VolumesJson : JsonSerializerContext;
