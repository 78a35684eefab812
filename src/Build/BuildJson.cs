using System.Text.Json.Serialization;
using Argosy.Build.Cache;
using Argosy.Build.Images;

namespace Argosy.Build;

/// <summary>The JSON that this project reads and writes.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageDocument))]
[JsonSerializable(typeof(CacheRecord))]
[JsonSerializable(typeof(CacheMountRecord))]
[JsonSerializable(typeof(CacheFile))]
internal sealed partial class BuildJson : JsonSerializerContext;
