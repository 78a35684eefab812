using System.Text.Json.Serialization;
using Argosy.Contract.Containers;
using Argosy.Contract.Json;

namespace Argosy.Contract.Images;

/// <summary>The JSON of images.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(GoStringConverter), typeof(GoInt32Converter), typeof(GoInt64Converter), typeof(GoBooleanConverter), typeof(GoTimeConverter)])]
[JsonSerializable(typeof(IReadOnlyList<ImageSummary>))]
[JsonSerializable(typeof(ImageInspect))]
[JsonSerializable(typeof(IReadOnlyList<ImageHistoryItem>))]
[JsonSerializable(typeof(IReadOnlyList<ImageDeleteItem>))]
[JsonSerializable(typeof(ImagePruneResponse))]
[JsonSerializable(typeof(DistributionInspect))]
[JsonSerializable(typeof(IReadOnlyList<ImageSearchItem>))]
[JsonSerializable(typeof(PushResult))]
[JsonSerializable(typeof(IdResponse))]
[JsonSerializable(typeof(ContainerConfig))]
public sealed partial class ImagesJson : JsonSerializerContext;
