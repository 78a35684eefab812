using System.Text.Json.Serialization;

namespace Argosy.Daemon;

/// <summary>The key <c>proxies</c> of daemon.json; each overrides its environment variable.</summary>
internal sealed record ProxySettings
{
    [JsonPropertyName("http-proxy")]
    public string? Http { get; init; }

    [JsonPropertyName("https-proxy")]
    public string? Https { get; init; }

    [JsonPropertyName("no-proxy")]
    public string? Except { get; init; }
}
