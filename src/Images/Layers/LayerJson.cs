using System.Text.Json.Serialization;
using Argosy.Images.Content;
using Argosy.Images.Manifests;
using Argosy.Images.Snapshots;

namespace Argosy.Images.Layers;

/// <summary>The source-generated contract of layer and snapshot records in the state database.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(DigestConverter)])]
[JsonSerializable(typeof(LayerRecord))]
[JsonSerializable(typeof(SnapshotRecord))]
[JsonSerializable(typeof(CompressedBlob))]
internal sealed partial class LayerJson : JsonSerializerContext;
