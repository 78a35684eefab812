using System.Text.Json.Serialization;
using Argosy.Engine.Containers.Model;
using Argosy.Engine.Health;

namespace Argosy.Engine.Containers;

/// <summary>How container records and what probes have found are written to the state database.</summary>
[JsonSerializable(typeof(ContainerRecord))]
[JsonSerializable(typeof(HealthState))]
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ContainerJson : JsonSerializerContext;
