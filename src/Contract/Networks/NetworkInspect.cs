using System.Text.Json.Serialization;

namespace Argosy.Contract.Networks;

/// <summary>The answer of <c>GET /networks/{id}</c>, and an element of <c>GET /networks</c>.</summary>
public sealed record NetworkInspect
{
    public string Name { get; set; } = "";

    public string Id { get; set; } = "";

    public DateTimeOffset Created { get; init; }

    public string Scope { get; set; } = "local";

    public string Driver { get; set; } = "";

    public bool EnableIPv4 { get; init; }

    public bool EnableIPv6 { get; init; }

    [JsonPropertyName("IPAM")]
    public Ipam Ipam { get; set; } = new();

    public bool Internal { get; init; }

    public bool Attachable { get; init; }

    public bool Ingress { get; init; }

    public ConfigReference ConfigFrom { get; set; } = new();

    public bool ConfigOnly { get; init; }

    public IReadOnlyDictionary<string, NetworkContainer> Containers { get; set; } = new Dictionary<string, NetworkContainer>();

    public IReadOnlyDictionary<string, string> Options { get; set; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
}
