using System.Text.Json.Serialization;

namespace Argosy.Contract.Stacks;

/// <summary>A network of the stack.</summary>
public sealed record StackNetwork
{
    /// <summary>The engine's name for it; the key in the stack is the compose file's.</summary>
    public required string Name { get; init; }
    public string? Driver { get; init; }
    public IReadOnlyDictionary<string, string> DriverOpts { get; set; } = new Dictionary<string, string>();
    public bool? External { get; init; }
    public bool? Internal { get; init; }
    public bool? Attachable { get; init; }
    [JsonPropertyName("enable_ipv6")]
    public bool? EnableIpv6 { get; init; }
    public StackIpam? Ipam { get; init; }
    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();
}
