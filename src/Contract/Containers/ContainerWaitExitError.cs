using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>Why waiting for a container failed.</summary>
public sealed record ContainerWaitExitError
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }
}
