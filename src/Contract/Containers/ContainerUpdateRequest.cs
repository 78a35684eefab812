using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>The body of <c>POST /containers/{id}/update</c>; zero and null leave a value as it is.</summary>
public sealed record ContainerUpdateRequest : Resources
{
    /// <summary>In the specification's Resources, and in no request that dockerd reads.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Init { get; init; }

    public RestartPolicy? RestartPolicy { get; init; }
}
