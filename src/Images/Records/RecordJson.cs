using System.Text.Json.Serialization;
using Argosy.Images.Manifests;

namespace Argosy.Images.Records;

/// <summary>The source-generated contract of image records in the state database.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(DigestConverter)])]
[JsonSerializable(typeof(ImageRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
