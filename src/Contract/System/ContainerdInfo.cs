using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>The containerd the engine runs on.</summary>
public sealed record ContainerdInfo
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Address { get; init; }

    public ContainerdNamespaces? Namespaces { get; init; }
}
