using System.Text.Json.Serialization;

namespace Argosy.Volumes;

[JsonSerializable(typeof(VolumeRecord))]
internal sealed partial class VolumeJson : JsonSerializerContext;
