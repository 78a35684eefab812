using System.Text.Json.Serialization;
using Argosy.Engine.Containers.Model;

namespace Argosy.Engine.Containers;

/// <summary>How container records are written to the state database.</summary>
[JsonSerializable(typeof(ContainerRecord))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ContainerJson : JsonSerializerContext;
