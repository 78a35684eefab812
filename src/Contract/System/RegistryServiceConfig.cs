using System.Text.Json.Serialization;

namespace Argosy.Contract.System;

/// <summary>The daemon's registry configuration.</summary>
public sealed record RegistryServiceConfig
{
    [JsonPropertyName("InsecureRegistryCIDRs")]
    public IReadOnlyList<string>? InsecureRegistryCidrs { get; init; }

    public IReadOnlyDictionary<string, RegistryIndex>? IndexConfigs { get; init; }

    public IReadOnlyList<string>? Mirrors { get; init; }
}
