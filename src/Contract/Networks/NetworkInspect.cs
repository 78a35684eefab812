using System.Text.Json.Serialization;

namespace Argosy.Contract.Networks;

/// <summary>The answer of <c>GET /networks/{id}</c>, and an element of <c>GET /networks</c>.</summary>
public sealed record NetworkInspect
{
    public string Name { get; init; } = "";

    public string Id { get; init; } = "";

    public DateTimeOffset Created { get; init; }

    public string Scope { get; init; } = "local";

    public string Driver { get; init; } = "";

    public bool EnableIPv4 { get; init; }

    public bool EnableIPv6 { get; init; }

    [JsonPropertyName("IPAM")]
    public Ipam Ipam { get; init; } = new();

    public bool Internal { get; init; }

    public bool Attachable { get; init; }

    public bool Ingress { get; init; }

    public ConfigReference ConfigFrom { get; init; } = new();

    public bool ConfigOnly { get; init; }

    public IReadOnlyDictionary<string, NetworkContainer> Containers { get; init; } = new Dictionary<string, NetworkContainer>();

    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
