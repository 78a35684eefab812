using System.Text.Json.Serialization;

namespace Argosy.Images.Archives;

/// <summary>The source-generated contract of docker-archives.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
[JsonSerializable(typeof(List<DockerArchiveEntry>))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
