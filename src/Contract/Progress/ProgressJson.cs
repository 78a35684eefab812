using System.Text.Json.Serialization;
using Argosy.Contract.Json;

namespace Argosy.Contract.Progress;

/// <summary>The JSON lines of progress streams.</summary>
[JsonSourceGenerationOptions(
    PropertyNameCaseInsensitive = true,
    GenerationMode = JsonSourceGenerationMode.Metadata,
    Converters = [typeof(GoStringConverter), typeof(GoInt32Converter), typeof(GoInt64Converter), typeof(GoBooleanConverter), typeof(GoTimeConverter)])]
[JsonSerializable(typeof(ProgressMessage))]
public sealed partial class ProgressJson : JsonSerializerContext;
