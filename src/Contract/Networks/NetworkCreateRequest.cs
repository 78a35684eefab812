using System.Text.Json.Serialization;

namespace Argosy.Contract.Networks;

/// <summary>The body of <c>POST /networks/create</c>.</summary>
public sealed record NetworkCreateRequest
{
    public string Name { get; set; } = "";

    /// <summary>Accepted and without meaning since API 1.44: a name is unique always.</summary>
    public bool CheckDuplicate { get; init; }

    public string Driver { get; set; } = "";

    public string Scope { get; set; } = "";

    public bool Internal { get; init; }

    public bool Attachable { get; init; }

    public bool Ingress { get; init; }

    public bool ConfigOnly { get; init; }

    public ConfigReference? ConfigFrom { get; init; }

    [JsonPropertyName("IPAM")]
    public Ipam? Ipam { get; init; }

    public bool? EnableIPv4 { get; init; }

    public bool? EnableIPv6 { get; init; }

    public IReadOnlyDictionary<string, string>? Options { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
