using System.Text.Json.Serialization;
using Argosy.Images.Manifests;
using Argosy.Images.Snapshots;

namespace Argosy.Images.Layers;

/// <summary>The source-generated contract of layer and snapshot records in the state database.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(DigestConverter)])]
[JsonSerializable(typeof(LayerRecord))]
[JsonSerializable(typeof(SnapshotRecord))]
internal sealed partial class LayerJson : JsonSerializerContext;
